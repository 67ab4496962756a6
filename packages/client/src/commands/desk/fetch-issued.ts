import { isPkiError } from '@scel/pki/errors'
import type { Enrolment } from '../../enrol/enrolment.ts'
import { certificateOf, type Issued, verifyIssued } from '../../enrol/verify-issued.ts'
import { purposesAsked } from '../../enrol/wish.ts'
import { keyId } from '../../keystores/index.ts'
import { type NamedRecord, readDeskRecord } from '../../state/desk-record.ts'
import { CliError, stop } from '../../ui/cli-error.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

export interface Fetched extends Issued {
  /** Name of the key that it was issued for. */
  readonly key: string
}

/**
 * What the desk hands out for a request, once it chains to the desk's root for all that its key was asked for.
 * @throws certificate_chain_foreign, DeskRefusal, failures of the connection
 */
export async function fetchIssued(
  { outside, voice, paths }: Shell & State,
  desk: Enrolment,
  { name, record: { roots, asked } }: NamedRecord,
  number: number,
): Promise<Fetched> {
  const answer = await desk.fetch(number)
  try {
    const leaf = certificateOf(answer.certificate)
    const key = await keyId(leaf.publicKey.spki)
    const purposes = purposesAsked(leaf, asked?.[key])
    return { ...(await verifyIssued(answer, roots.environment, purposes, outside.now())), key }
  } catch (error) {
    if (!isPkiError(error)) throw error
    const facts = { reason: voice.words(error).message }
    const said = (await readDeskRecord(paths, name))?.roots.said // the call may just have heard it
    if (said === undefined) return stop('certificate_chain_foreign', facts)
    throw new CliError('certificate_chain_foreign', facts, error, [voice.text('root_said_advice')])
  }
}
