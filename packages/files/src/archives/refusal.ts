/** Why an archive is neither made nor taken apart. */
export type ArchiveReason =
  /** A name would lead somewhere else, or is none that files can have. */
  | 'name'
  /** A name has letters that act on whoever lists it, or that nobody sees. */
  | 'letters'
  /** An entry is neither file nor folder. */
  | 'link'
  | 'encrypted'
  /** It is not of those that sealing makes: they are stored as they are. */
  | 'compressed'
  | 'twice'
  | 'overlap'
  /** It would become larger than it is. */
  | 'size'
  | 'entries'
  /** Or may be read in two ways. */
  | 'damaged'

/** An archive is refused as a whole, for one of its entries or for itself. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused'
  readonly reason: ArchiveReason
  /** Of the entry; empty when it is the archive as such. */
  readonly entry: string

  constructor(reason: ArchiveReason, entry = '', cause?: unknown) {
    super(`archive refused: ${reason}`, { cause })
    this.reason = reason
    this.entry = entry
  }
}

/** @throws ArchiveRefused always */
export function refuse(reason: ArchiveReason, entry = ''): never {
  throw new ArchiveRefused(reason, entry)
}
