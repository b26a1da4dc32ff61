// A list on the page that follows a list of tickets: rows are made once, moved only when they must be.

export class KeyedList {
  /** make(ticket) -> row; fill(row, ticket, place): freshen it. */
  constructor(node, make, fill) {
    Object.assign(this, { node, make, fill, rows: new Map() });
  }

  show(tickets) {
    const wanted = new Set(tickets.map((ticket) => ticket.ticket));
    for (const [key, row] of this.rows) if (!wanted.has(key)) this.#drop(key, row);
    tickets.forEach((ticket, place) => this.#put(ticket, place));
  }

  row(key) {
    return this.rows.get(key);
  }

  #put(ticket, place) {
    const row = this.rows.get(ticket.ticket) ?? this.#add(ticket);
    this.fill(row, ticket, place);
    if (this.node.children[place] !== row) this.node.insertBefore(row, this.node.children[place] ?? null);
  }

  #add(ticket) {
    const row = this.make(ticket);
    this.rows.set(ticket.ticket, row);
    return row;
  }

  #drop(key, row) {
    this.rows.delete(key);
    row.remove();
  }
}
