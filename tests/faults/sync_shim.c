/* Loaded before everything else into a hall's server (LD_PRELOAD): ends it when it says something that the
 * disk doesn't hold yet. A killed process loses nothing that it has written, synced or not, because the system
 * keeps it; so the order of sync and answer has to be watched from outside.
 *
 * What it follows, by the name of the file and the kind of the descriptor:
 *   - bytes written to hall.db-wal and hall.db: keys of the form torture-<16 hex digits>, and the numbers of events
 *   - fsync and fdatasync of these files: what was written there is safe from now on
 *   - requests read from sockets: the key that the request under way carries
 *   - answers and pushes sent to sockets: a 2xx answer whose key isn't safe, or a "seq" that isn't: violation
 *
 * SHIM_FOLDER the data folder, SHIM_HALL the hall's id, SHIM_AREA that of its area, SHIM_REPORT where a violation is written down.
 * SHIM_SYNC_MS how long each sync takes at least: a fast disk leaves hardly a moment to be killed before it.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MARK "torture-"
#define MARK_LENGTH 8
#define KEY_LENGTH (MARK_LENGTH + 16)
#define DESCRIPTORS 65536
#define SLOTS (1u << 16)
#define TAIL 128

enum kind { UNKNOWN, OTHER, WAL, DATABASE, SOCKET };
enum safety { UNSEEN, WRITTEN, SAFE };

struct descriptor {
    char kind;
    char asked;           /* a request was read and not answered yet */
    uint64_t key;         /* of the request under way; 0 without one */
    unsigned tail_length; /* the end of what was read before, for a key cut in two */
    char tail[TAIL];
};

static struct descriptor descriptors[DESCRIPTORS];
static struct { uint64_t key; enum safety safety; } slots[SLOTS];
static unsigned waiting[SLOTS], waiting_count; /* slots whose key is written and not synced */
static long written_seq, safe_seq;
static int main_file_dirty;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *hall, *area, *report;
static useconds_t sync_takes;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static void note(const char *text) {
    int out = REAL(open)(report, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (out < 0 || REAL(write)(out, text, strlen(text)) < 0) _exit(99);
    REAL(close)(out);
}

static void violation(const char *what, const char *which) {
    char text[256];
    snprintf(text, sizeof text, "%s before the sync of its change: %s\n", what, which);
    note(text);
    abort();
}

/* Says once per process that it looks: a shim that sees nothing proves nothing. */
static void watched(const char *what, char *said) {
    if (!*said) note(what);
    *said = 1;
}

/* ---- keys and numbers ------------------------------------------------------------------------------------- */

static uint64_t key_at(const char *text) {
    uint64_t key = 0;
    for (int i = MARK_LENGTH; i < KEY_LENGTH; i++) {
        char digit = text[i];
        if (digit >= '0' && digit <= '9') key = key << 4 | (digit - '0');
        else if (digit >= 'a' && digit <= 'f') key = key << 4 | (digit - 'a' + 10);
        else return 0;
    }
    return key;
}

static unsigned slot_of(uint64_t key) {
    unsigned slot = (unsigned)((key * 0x9E3779B97F4A7C15ull) >> 40) & (SLOTS - 1);
    while (slots[slot].key && slots[slot].key != key) slot = (slot + 1) & (SLOTS - 1);
    slots[slot].key = key;
    return slot;
}

static void set_safety(uint64_t key, enum safety safety) {
    unsigned slot = slot_of(key);
    if (safety == WRITTEN && slots[slot].safety != WRITTEN) waiting[waiting_count++] = slot;
    slots[slot].safety = safety;
}

/* Pages are written again and again: a key that is safe stays so, unless an earlier process left it in doubt. */
static void each_key(const char *bytes, size_t length, enum safety safety, int doubted) {
    const char *end = bytes + length, *found = bytes;
    while ((found = memmem(found, end - found, MARK, MARK_LENGTH)) && end - found >= KEY_LENGTH) {
        uint64_t key = key_at(found);
        if (key && (doubted || slots[slot_of(key)].safety < safety)) set_safety(key, safety);
        found += MARK_LENGTH;
    }
}

/* What stands behind a time as it is written: 2026-10-12T09:00:00.123+08:00. */
static const char *behind_time(const char *at, const char *end) {
    while (at < end && (isdigit((unsigned char)*at) || strchr("-:.+TZ", *at))) at++;
    return at;
}

/* A row of the log of announcements looks like one of the log of events, only that the area follows its time. */
static int is_announced(const char *time, const char *end) {
    const char *word = behind_time(time, end);
    return (size_t)(end - word) >= strlen(area) && !memcmp(word, area, strlen(area));
}

/* A row of the log begins with the hall's id, the event's number (big-endian, as short as it goes) and its time. */
static long newest_event(const char *bytes, size_t length) {
    const char *end = bytes + length, *found = bytes;
    size_t name = strlen(hall);
    long newest = 0;
    while (name && (found = memmem(found, end - found, hall, name))) {
        const unsigned char *at = (const unsigned char *)found + name;
        long number = 0;
        for (int size = 0; size <= 4 && (const char *)at + size + 11 <= end; size++) {
            const char *time = (const char *)at + size;
            if (time[0] == '2' && time[1] == '0' && time[4] == '-' && time[7] == '-' && time[10] == 'T') {
                if (size == 0) number = 1;
                if (number > newest && !is_announced(time, end)) newest = number;
                break;
            }
            if (size < 4) number = number << 8 | at[size];
        }
        found += name;
    }
    return newest;
}

static void was_written(int kind, const char *bytes, size_t length) {
    if (kind == DATABASE) {
        main_file_dirty = 1; /* filled from the log of changes, which was synced before */
        return;
    }
    each_key(bytes, length, WRITTEN, 0);
    long newest = newest_event(bytes, length);
    if (newest > written_seq) written_seq = newest;
}

static void all_is_safe(void) {
    while (waiting_count) slots[waiting[--waiting_count]].safety = SAFE;
    if (written_seq > safe_seq) safe_seq = written_seq;
}

static void was_synced(int kind) {
    if (kind == WAL) all_is_safe();
    if (kind == DATABASE) main_file_dirty = 0;
}

/* The log of changes is emptied when all of it stands in the main file. */
static void was_emptied(int kind) {
    if (kind == WAL && !main_file_dirty) all_is_safe();
}

/* ---- descriptors ------------------------------------------------------------------------------------------ */

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && !strcmp(text + length - wanted, end);
}

static int kind_of(int fd) {
    if (fd < 0 || fd >= DESCRIPTORS) return OTHER;
    if (descriptors[fd].kind != UNKNOWN) return descriptors[fd].kind;
    struct stat about;
    char link[64], path[4096];
    int kind = OTHER;
    if (!fstat(fd, &about) && S_ISSOCK(about.st_mode)) kind = SOCKET;
    else if (S_ISREG(about.st_mode)) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, path, sizeof path - 1);
        path[length > 0 ? length : 0] = 0;
        if (ends_with(path, "/hall.db-wal")) kind = WAL;
        else if (ends_with(path, "/hall.db")) kind = DATABASE;
    }
    memset(&descriptors[fd], 0, sizeof descriptors[fd]);
    return descriptors[fd].kind = kind;
}

int close(int fd) {
    pthread_mutex_lock(&guard);
    if (fd >= 0 && fd < DESCRIPTORS) descriptors[fd].kind = UNKNOWN;
    pthread_mutex_unlock(&guard);
    return REAL(close)(fd);
}

/* ---- what is read from sockets ---------------------------------------------------------------------------- */

static int begins_request(const char *bytes, size_t length) {
    return (length >= 5 && !memcmp(bytes, "POST ", 5)) || (length >= 4 && !memcmp(bytes, "GET ", 4));
}

static void was_read(int fd, const char *bytes, ssize_t length) {
    if (length <= 0 || kind_of(fd) != SOCKET) return;
    struct descriptor *it = &descriptors[fd];
    if (begins_request(bytes, length)) it->key = 0, it->tail_length = 0, it->asked = 1;
    char seam[2 * TAIL];
    size_t more = length < TAIL ? length : TAIL;
    memcpy(seam, it->tail, it->tail_length);
    memcpy(seam + it->tail_length, bytes, more);
    const char *parts[] = {seam, bytes};
    size_t lengths[] = {it->tail_length + more, length};
    for (int i = 0; i < 2; i++) {
        const char *found = memmem(parts[i], lengths[i], MARK, MARK_LENGTH);
        if (found && parts[i] + lengths[i] - found >= KEY_LENGTH && key_at(found)) it->key = key_at(found);
    }
    it->tail_length = length < TAIL ? length : TAIL;
    memcpy(it->tail, bytes + length - it->tail_length, it->tail_length);
}

/* ---- what is sent to sockets ------------------------------------------------------------------------------ */

static void must_be_safe(int fd, const char *bytes, size_t length) {
    struct descriptor *it = &descriptors[fd];
    static char said_answer, said_push;
    char which[80];
    if (it->asked && length > 12 && !memcmp(bytes, "HTTP/1.", 7)) {
        if (it->key && bytes[9] == '2') {
            snprintf(which, sizeof which, MARK "%016lx", (unsigned long)it->key);
            if (slots[slot_of(it->key)].safety != SAFE) violation("An answer left", which);
            watched("watched an answer\n", &said_answer);
        }
        it->asked = 0;
    }
    const char *end = bytes + length, *found = bytes;
    while ((found = memmem(found, end - found, "\"seq\":", 6))) {
        found += 6;
        while (found < end && *found == ' ') found++;
        long number = 0;
        while (found < end && isdigit((unsigned char)*found)) number = number * 10 + (*found++ - '0');
        if (found == end) break; /* cut in two: the number may go on */
        snprintf(which, sizeof which, "event %ld, safe up to %ld", number, safe_seq);
        if (number > safe_seq) violation("A push left", which);
        watched("watched a number\n", &said_push);
    }
}

/* ---- the calls -------------------------------------------------------------------------------------------- */

static void wrote(int fd, const void *bytes, ssize_t length) {
    if (length <= 0) return;
    pthread_mutex_lock(&guard);
    int kind = kind_of(fd);
    if (kind == WAL || kind == DATABASE) was_written(kind, bytes, length);
    pthread_mutex_unlock(&guard);
}

static void sends(int fd, const void *bytes, size_t length) {
    pthread_mutex_lock(&guard);
    if (kind_of(fd) == SOCKET) must_be_safe(fd, bytes, length);
    pthread_mutex_unlock(&guard);
}

static void reads(int fd, const void *bytes, ssize_t length) {
    pthread_mutex_lock(&guard);
    was_read(fd, bytes, length);
    pthread_mutex_unlock(&guard);
}

static int synced(int fd, int result) {
    pthread_mutex_lock(&guard);
    if (!result) was_synced(kind_of(fd));
    pthread_mutex_unlock(&guard);
    return result;
}

int fsync(int fd) {
    usleep(sync_takes);
    return synced(fd, REAL(fsync)(fd));
}

int fdatasync(int fd) {
    usleep(sync_takes);
    return synced(fd, REAL(fdatasync)(fd));
}

int ftruncate64(int fd, off64_t length) {
    int result = REAL(ftruncate64)(fd, length);
    pthread_mutex_lock(&guard);
    if (!result && !length) was_emptied(kind_of(fd));
    pthread_mutex_unlock(&guard);
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    ssize_t done = REAL(pwrite64)(fd, bytes, count, at);
    wrote(fd, bytes, done);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    ssize_t done = REAL(pwrite)(fd, bytes, count, at);
    wrote(fd, bytes, done);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    sends(fd, bytes, count);
    ssize_t done = REAL(write)(fd, bytes, count);
    wrote(fd, bytes, done);
    return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    for (int i = 0; i < count; i++) sends(fd, parts[i].iov_base, parts[i].iov_len);
    ssize_t done = REAL(writev)(fd, parts, count), left = done;
    for (int i = 0; i < count && left > 0; left -= parts[i++].iov_len)
        wrote(fd, parts[i].iov_base, (size_t)left < parts[i].iov_len ? left : (ssize_t)parts[i].iov_len);
    return done;
}

ssize_t send(int fd, const void *bytes, size_t count, int flags) {
    sends(fd, bytes, count);
    return REAL(send)(fd, bytes, count, flags);
}

ssize_t sendto(int fd, const void *bytes, size_t count, int flags, const struct sockaddr *to, socklen_t size) {
    sends(fd, bytes, count);
    return REAL(sendto)(fd, bytes, count, flags, to, size);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    for (size_t i = 0; i < message->msg_iovlen; i++)
        sends(fd, message->msg_iov[i].iov_base, message->msg_iov[i].iov_len);
    return REAL(sendmsg)(fd, message, flags);
}

ssize_t recv(int fd, void *bytes, size_t count, int flags) {
    ssize_t got = REAL(recv)(fd, bytes, count, flags);
    if (!(flags & MSG_PEEK)) reads(fd, bytes, got);
    return got;
}

ssize_t recvfrom(int fd, void *bytes, size_t count, int flags, struct sockaddr *from, socklen_t *size) {
    ssize_t got = REAL(recvfrom)(fd, bytes, count, flags, from, size);
    if (!(flags & MSG_PEEK)) reads(fd, bytes, got);
    return got;
}

ssize_t read(int fd, void *bytes, size_t count) {
    ssize_t got = REAL(read)(fd, bytes, count);
    reads(fd, bytes, got);
    return got;
}

/* ---- from the beginning ----------------------------------------------------------------------------------- */

/* What an earlier process left: what stands in the log of changes may never have been synced, and isn't safe
 * before this process syncs or empties it; what stands in the main file alone is. */
static void look_at(const char *name, enum safety safety) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = REAL(open)(path, O_RDONLY);
    struct stat about;
    if (fd < 0) return;
    char *bytes = fstat(fd, &about) ? NULL : malloc(about.st_size + 1);
    ssize_t length = bytes ? REAL(read)(fd, bytes, about.st_size) : 0;
    if (length > 0) {
        each_key(bytes, length, safety, 1);
        written_seq = newest_event(bytes, length);
        if (safety == SAFE) safe_seq = written_seq;
    }
    free(bytes);
    REAL(close)(fd);
}

__attribute__((constructor)) static void begin(void) {
    folder = getenv("SHIM_FOLDER"), hall = getenv("SHIM_HALL"), area = getenv("SHIM_AREA");
    report = getenv("SHIM_REPORT");
    const char *takes = getenv("SHIM_SYNC_MS");
    sync_takes = takes ? 1000 * atoi(takes) : 0;
    if (!folder || !hall || !area || !report) _exit(98);
    look_at("hall.db", SAFE);
    look_at("hall.db-wal", WRITTEN);
}
