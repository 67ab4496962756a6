import { importPrivateKey } from '@scel/pki'
import { pemDecode } from '@scel/pki/bytes'
import { signBytes } from '@scel/pki/cms'
import { buildTimeStampRequest, parseTimeStampResponse, timeStampToken } from '@scel/pki/tsp'
import { parseCertificate } from '@scel/pki/x509'
import type { Office, Person } from '@scel/testkit/scenes'

interface Signing {
  /** Where the signer has their certificate from. */
  readonly office: Office
  readonly at: Date
  /** Who stamps; nobody when left out. */
  readonly stampedBy?: Office
}

/** Content with a signature of an earlier moment, perhaps stamped then: what a person would have kept from that day. */
export async function signedThen(
  content: Uint8Array,
  person: Person,
  { office, at, stampedBy: by }: Signing,
): Promise<Uint8Array> {
  const key = await importPrivateKey(pemDecode(person.key)[0]!.der)
  return signBytes(content, {
    signers: [{ certificate: parseCertificate(person.der), key }],
    certificates: pemDecode(office.issuing.pem).map(({ der }) => parseCertificate(der)),
    at,
    ...(by ? { stamp: ({ digest, value }) => tokenOf(by, { imprint: { digest, hash: value } }, at) } : {}),
  })
}

/** A time stamp without its response around it. */
export async function tokenOf(
  office: Office,
  asked: Parameters<typeof buildTimeStampRequest>[0],
  at?: Date,
): Promise<Uint8Array> {
  return timeStampToken(parseTimeStampResponse(await office.stamp(buildTimeStampRequest(asked), at)))
}
