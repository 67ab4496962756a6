import type { KitFile } from '@scel/contract/kit'
import { equal, pemDecode } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { parseCertificate, verifyIssuedBy } from '@scel/pki/x509'
import { stop } from '../ui/cli-error.ts'
import { changeKnownDesk, type NamedRecord, readDeskRecords, readForgottenDesks } from './desk-record.ts'
import { deskLabel, hostOf } from './desks.ts'
import type { Paths } from './paths.ts'

/**
 * That a kit says of a known desk what is known of it. Whoever writes a kit writes what they like into it: with the root of
 * somebody else it would replace what the desk's certificates are checked against, and at the address of somebody else, under the
 * desk's id, it would have calls signed that they can pass on to the desk. `name` is the kit's `deskName`, of which two desks may have
 * the same, because somebody sought for it.
 *
 * A desk whose certificate comes from an authority of its own shows at a new address that it has moved. One with a bought certificate
 * cannot: whoever has a certificate of that authority, for whatever name, passes for it there. For such a desk `movedTo`, host and port
 * as a person said them, has to be where the kit has it; that holds for its other environment as well, which is at the same address.
 * @throws desk_known_otherwise, desk_moved, kit_elsewhere, record_malformed
 */
export async function requireAsKnown(
  paths: Paths,
  name: string,
  kit: KitFile,
  movedTo: string | undefined,
): Promise<void> {
  const host = hostOf(kit.desk)
  if (movedTo !== undefined && movedTo !== host) stop('kit_elsewhere', { host, wanted: movedTo })
  const tellsItself = movedTo !== undefined || (await hasOwnAuthority(kit.roots))
  for (const known of await recordsOf(paths, name, kit)) {
    const [desk, file, at] = [kit.desk.name, known.file, hostOf(known.record.desk)]
    if (!agrees(known, kit)) stop('desk_known_otherwise', { desk, known: deskLabel(known.record), file })
    if (!tellsItself && at !== host) stop('desk_moved', { desk, known: at, host, file })
  }
}

/** Has every environment of a desk that moved know the new addresses, once it took a kit there. @throws record_malformed, file_unwritable */
export async function rememberAddresses(paths: Paths, name: string, { desk }: Pick<KitFile, 'desk'>): Promise<void> {
  for (const { name: other, record } of await readDeskRecords(paths)) {
    if (other === name || record.desk.id !== desk.id || hostOf(record.desk) === hostOf(desk)) continue
    await changeKnownDesk(paths, { name: other, record }, (present) => ({ ...present, desk }))
  }
}

async function recordsOf(
  paths: Paths,
  name: string,
  { desk }: KitFile,
): Promise<(NamedRecord & { readonly file: string })[]> {
  const records = (await readDeskRecords(paths)).map((one) => ({ ...one, file: paths.deskRecord(one.name) }))
  const forgotten = (await readForgottenDesks(paths)).filter((one) => records.every((known) => known.name !== one.name))
  return [...records, ...forgotten].filter((known) => known.name === name || known.record.desk.id === desk.id)
}

function agrees({ record }: NamedRecord, { desk, roots, rules }: KitFile): boolean {
  const pairs: [string, string][] = [
    [record.desk.id, desk.id],
    [record.roots.desk, roots.desk],
    [record.roots.tls, roots.tls],
    // A desk has a root for each environment.
    ...(record.environment === rules.environment
      ? [[record.roots.environment, roots.environment] as [string, string]]
      : []),
  ]
  return pairs.every(([one, other]) => one.trim() === other.trim())
}

/**
 * Whether the desk is checked against an authority that its own root signed, which certifies the desk and nobody else. In the kits of a desk
 * with a bought certificate both are that certificate's anchor; and of a root alone nobody knows whom else it certifies.
 */
async function hasOwnAuthority({ desk, tls }: KitFile['roots']): Promise<boolean> {
  const [root, authority] = [desk, tls].map((pem) => parseCertificate(pemDecode(pem)[0]?.der ?? new Uint8Array()))
  if (!root || !authority || equal(root.der, authority.der)) return false
  return verifyIssuedBy(authority, root).catch((error: unknown) => {
    if (isPkiError(error)) return false
    throw error
  })
}
