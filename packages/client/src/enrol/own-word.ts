// What a kit says of its desk is the word of whoever wrote the file last; what the desk says of itself comes over TLS.

import { KitFile } from '@scel/contract/kit'
import type { describeDesk, OutputOf } from '@scel/contract/routes'
import type { Environment } from '@scel/contract/values'
import { equal } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { Value } from 'typebox/value'
import { stop } from '../ui/cli-error.ts'
import type { DeskClient } from './desk-client.ts'
import { certificateOf } from './verify-issued.ts'

type Said = OutputOf<typeof describeDesk>
type Word = Pick<KitFile, 'desk' | 'roots'>

/**
 * The kit with the addresses that the desk, reached under the kit's `roots.tls`, says are its own. A kit that names another root than
 * the desk does was written over on its way: with it, its writer would sign for whomever they like.
 * @throws kit_differs, answer_unreadable, and what `callHttps` throws
 */
export async function inOwnWord(client: DeskClient, kit: KitFile): Promise<KitFile> {
  const said = await client.describe()
  if (!isOwnWord(said, kit, kit.rules.environment)) stop('kit_differs', { host: client.host })
  const { mutual, public: lists } = said.services
  // By the portal's address of the kit, the desk has just been reached.
  const services = { portal: kit.desk.services.portal, mutual, public: lists }
  if (!Value.Check(KitFile.properties.desk.properties.services, services) || !mutual.startsWith('https://'))
    stop('answer_unreadable', { host: client.host, status: 200 })
  return { ...kit, desk: { ...kit.desk, services } }
}

/**
 * Whether id and roots are what the desk says they are: that of the environment, and for the desk's own certificate that of production,
 * unless the desk was given a certificate from elsewhere, whose anchor is then all there is.
 */
export function isOwnWord(said: Said, { desk, roots }: Word, environment: Environment): boolean {
  const has = (pem: string, of: Environment): boolean =>
    said.roots.some((root) => root.environment === of && isSame(root.pem, pem))
  const ofDesk = has(roots.desk, 'production') || isSame(roots.tls, roots.desk)
  return said.id === desk.id && ofDesk && has(roots.environment, environment)
}

function isSame(one: string, other: string): boolean {
  try {
    return equal(certificateOf(one).der, certificateOf(other).der)
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}
