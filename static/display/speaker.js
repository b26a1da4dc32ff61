/**
 * A machine that may speak for an area: asks the hall for the next sentence, says it, tells what became of it.
 *
 *   const speaker = openSpeaker(facts, hall.question, { show(sentence) {}, changed() {} });
 *   speaker.joined()     after every snapshot             speaker.happened()   there may be something to say
 *   speaker.able, speaker.holds, speaker.elsewhere, speaker.by(language), speaker.unlock()
 *
 * `show` hears each sentence that begins here, `changed` that something about sound or lease did.
 */
import { openLease } from "./lease.js";
import { Memory } from "./memory.js";
import { openPlayer } from "./player.js";

export function openSpeaker({ speaks_for: area, languages }, question, { show, changed }) {
  const memory = new Memory(area);
  const player = openPlayer(area, languages, heard);
  const lease = openLease(question, wish, told);
  let playing = null;
  let before = "";

  function wish() {
    return { able: player.able, playing };
  }

  function told({ say, then }) {
    tellChange();
    if (say && !playing && lease.holds) perform(say);
    player.preload(then);
  }

  /** The only place where anything is said: so one sentence ends before the next begins. */
  async function perform(sentence) {
    const { ref } = sentence;
    playing = ref;
    let result = { by: "chime", whole: false, began: performance.now(), ended: performance.now() };
    try {
      result = await player.play(sentence, (start) => {
        show(sentence);
        lease.report({ ref, ...start });
      });
    } catch (fault) {
      reportError(fault);
    }
    if (result.whole) memory.add(ref);
    playing = null;
    lease.report({ ref, ...result });
  }

  /** The page is told once for each change. */
  function tellChange() {
    const now = [player.able, lease.holds, lease.elsewhere, ...languages.map(player.by)].join();
    if (now !== before) changed();
    before = now;
  }

  function heard() {
    tellChange();
    lease.renew();
  }

  return {
    joined() {
      lease.introduce(memory.recent());
      lease.renew();
    },
    happened() {
      if (!playing) lease.renew();
    },
    unlock: () => player.unlock(),
    by: player.by,
    get able() { return player.able; },
    get holds() { return lease.holds; },
    get elsewhere() { return lease.elsewhere; },
  };
}
