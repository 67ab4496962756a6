import { isPkiError, type PkiError } from '@scel/pki/errors'
import type { Enrolment } from '../enrol/enrolment.ts'
import { certificateOf, type Issued, verifyIssued } from '../enrol/verify-issued.ts'
import { purposesAsked } from '../enrol/wish.ts'
import { keyId } from '../keystores/index.ts'
import { type NamedRecord, readDeskRecord } from '../state/desk-record.ts'
import type { Here } from './here.ts'

export interface Fetched extends Issued {
  /** Name of the key that it was issued for. */
  readonly key: string
}

/** What a desk handed out does not chain to its root for what its key was asked for. */
export class ForeignChain extends Error {
  override readonly name = 'ForeignChain'
  readonly why: PkiError
  /** The desk says another root by now, which nobody has compared. */
  readonly isRootOther: boolean

  constructor(why: PkiError, isRootOther: boolean) {
    super('certificate chain foreign', { cause: why })
    this.why = why
    this.isRootOther = isRootOther
  }
}

/**
 * What the desk hands out for a request, once it chains to the desk's root for all that its key was asked for.
 * @throws ForeignChain, DeskRefusal, failures of the connection
 */
export async function fetchIssued(
  here: Here,
  desk: Enrolment,
  { name, record: { roots, asked } }: NamedRecord,
  number: number,
): Promise<Fetched> {
  const answer = await desk.fetch(number)
  try {
    const leaf = certificateOf(answer.certificate)
    const key = await keyId(leaf.publicKey.spki)
    const purposes = purposesAsked(leaf, asked?.[key])
    return { ...(await verifyIssued(answer, roots.environment, purposes, here.now())), key }
  } catch (error) {
    if (!isPkiError(error)) throw error
    const said = (await readDeskRecord(here.paths, name))?.roots.said // the call may just have heard it
    throw new ForeignChain(error, said !== undefined)
  }
}
