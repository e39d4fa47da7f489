/** A clause of a published document. */
export interface Citation {
  /** Short name, for example `RFC 5280` or `ETSI EN 319 412-5`. */
  readonly document: string
  /** Edition, where the document has several that differ. */
  readonly edition?: string
  /** Clause number or requirement label. */
  readonly clause: string
}
