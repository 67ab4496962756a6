import { constants, createHmac, publicEncrypt, randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { writeArchive } from '@scel/files/archives/write'
import type { FileKind } from '@scel/files/kinds'
import { importPrivateKey } from '@scel/pki'
import { explicit, integer, octetString, oid, sequence, setOf } from '@scel/pki/asn1'
import { pemDecode, pemEncode, toBase64, utf8 } from '@scel/pki/bytes'
import { buildCertificateBag, sealContent, signDetached } from '@scel/pki/cms'
import { digest } from '@scel/pki/crypto'
import { imprintOf } from '@scel/pki/tsp'
import { parseCertificate } from '@scel/pki/x509'
import { type Office, openOffice, type Person } from '@scel/testkit/scenes'
import { signedThen, tokenOf } from './stamped.ts'

// One folder with every kind of file that the programs know, good ones and hostile ones.

export interface OneFile {
  readonly bytes: Uint8Array
  readonly kind: FileKind
}

export interface OneFolder {
  readonly office: Office
  /** Whose signatures are expected, and for whom files are sealed. */
  readonly ada: Person
  readonly files: ReadonlyMap<string, OneFile>
  /** Files that name somebody to seal for, or fail to. */
  readonly named: ReadonlyMap<string, Uint8Array>
}

const TEXT: Uint8Array = utf8('one hundred\n')
/** The identifier of a time stamp's content, as DER, among octets that somebody signed. */
const LIKE_A_STAMP = Uint8Array.fromHex('060b2a864886f70d0109100104')
const DATA = '1.2.840.113549.1.7.1'
const DAY = 86_400_000

export async function oneFolder(): Promise<OneFolder> {
  const office = await openOffice()
  const stranger = await openOffice('Stranger')
  const ada = await office.person('Ada Martin', 'rsa-2048')
  const ben = await office.person('Ben Oak', 'ec-p256')
  const former = await office.person('Former Colleague', 'rsa-2048')
  const late = await office.person('Late Colleague', 'ec-p256', -10)
  const other = await stranger.person('Ada Martin', 'ec-p256')
  const files = new Map<string, OneFile>()
  const put = (name: string, kind: FileKind, bytes: Uint8Array): void => void files.set(name, { bytes, kind })
  const [now, then] = [new Date(), new Date(Date.now() - 30 * DAY)]

  const signed = await signedThen(TEXT, ada, { office, at: now })
  put('good.txt.p7m', 'signed', signed)
  put('altered.txt.p7m', 'signed', altered(signed, 'hundred', 'Hundred'))
  put('cut.txt.p7m', 'signed', signed.subarray(0, signed.length - 40))
  put('grown.txt.p7m', 'signed', Buffer.concat([signed, utf8('x')]))
  put('like-a-stamp.bin.p7m', 'signed', await signedThen(LIKE_A_STAMP, ada, { office, at: now }))
  put('revoked.txt.p7m', 'signed', await signedThen(TEXT, former, { office, at: now }))
  put('unknown.txt.p7m', 'signed', await signedThen(TEXT, other, { office: stranger, at: now }))
  put('expired.txt.p7m', 'signed', await signedThen(TEXT, late, { office, at: then }))
  put('expired-stamped.txt.p7m', 'signed', await signedThen(TEXT, late, { office, at: then, stampedBy: office }))
  put('stamped-by-another.txt.p7m', 'signed', await signedThen(TEXT, late, { office, at: then, stampedBy: stranger }))
  put('nobody.p7s', 'signature', nobodySigned())

  put('text.txt', 'plain', TEXT)
  put('text.txt.sig', 'signature', await detached(ada, office))
  put('text.txt.tst', 'stamp', await tokenOf(office, { imprint: await imprintOf(TEXT) }))
  put('other.txt', 'plain', utf8('another text\n'))
  put('other.txt.tst', 'stamp', await tokenOf(office, { imprint: await imprintOf(TEXT) }))
  put('other.txt.sig', 'signature', await detached(ada, office))
  put('stranger.txt', 'plain', TEXT)
  put('stranger.txt.tst', 'stamp', await tokenOf(stranger, { imprint: await imprintOf(TEXT) }))

  const sealed = await sealedFor(ada, TEXT)
  put('sealed.txt.p7m', 'sealed', sealed)
  put('sealed-old.txt.p7m', 'sealed', await sealedFor(ada, TEXT, 'AES-256-CBC'))
  put('sealed-altered.txt.p7m', 'sealed', flipped(sealed, sealed.length - 30))
  put('sealed-cut.txt.p7m', 'sealed', sealed.subarray(0, sealed.length - 40))
  put('sealed-for-ben.txt.p7m', 'sealed', await sealedFor(ben, TEXT))
  put('compressed.txt.p7z', 'sealed', compressed(TEXT))
  put('digested.txt.p7m', 'sealed', await digested(TEXT))
  put('digested-altered.txt.p7m', 'sealed', altered(await digested(TEXT), 'hundred', 'Hundred'))
  put('authenticated.txt.p7m', 'sealed', authenticated(ada, TEXT))
  put('authenticated-altered.txt.p7m', 'sealed', altered(authenticated(ada, TEXT), 'hundred', 'Hundred'))

  const folder = await archive('folder/aa', 'folder/bb', 'folder/xyz')
  const inside = async (name: string, content: Uint8Array) => put(name, 'sealed', await sealedFor(ada, content))
  await inside('archive.zip.p7m', folder)
  await inside('archive-climbing.zip.p7m', altered(await archive('a/bb', 'a/c'), 'a/bb', '../b'))
  await inside('archive-turned.zip.p7m', altered(folder, 'folder/xyz', 'folder/\u202e'))
  await inside('archive-hidden.zip.p7m', altered(folder, 'folder/xyz', 'folder/\u3164'))
  await inside('archive-twice.zip.p7m', altered(folder, 'folder/bb', 'folder/aa'))
  await inside('archive-cut.zip.p7m', Buffer.concat([folder.subarray(0, 60), folder.subarray(90)]))
  await inside('archive-of-another.zip.p7m', folder.subarray(0, folder.length - 1))

  await inside('signed-and-sealed.txt.p7m.p7m', signed)
  await inside('altered-and-sealed.txt.p7m.p7m', files.get('altered.txt.p7m')!.bytes)
  await inside('revoked-and-sealed.txt.p7m.p7m', files.get('revoked.txt.p7m')!.bytes)

  for (const [name, bytes] of [
    ['good.txt', signed],
    ['sealed.txt', sealed],
  ] as const) {
    put(`${name}.pem`, 'plain', utf8(pemEncode('CMS', bytes)))
    put(`${name}.b64`, 'plain', utf8(toBase64(bytes).replace(/.{1,64}/g, '$&\r\n')))
    put(`${name}.eml`, 'plain', mail(bytes))
  }
  put('cut.pem', 'plain', utf8(pemEncode('CMS', signed).slice(0, 300)))

  put('ada.cer', 'certificate', ada.der)
  put('ada.p12', 'key', ada.p12)
  const signer = await office.person('Ada Martin', 'ec-p256', 300, ['digitalSignature'])
  const chain = [office.issuing, office.root].map(({ pem }) => pem)
  const ders = [ada.certificate, ...chain].map((pem) => pemDecode(pem)[0]!.der)
  const named = new Map<string, Uint8Array>([
    ['to-ada.cer', ada.der],
    ['to-ada.crt', utf8(ada.certificate)],
    ['to-ada-chain.pem', utf8([...chain, ada.certificate].join('\n'))],
    ['to-ada-and-ben.pem', utf8([ben, ada].map(({ certificate }) => certificate).join('\n'))],
    ['to-ada-of-two-keys.pem', utf8([signer, ada].map(({ certificate }) => certificate).join('\n'))],
    ['to-ada-bag.p7b', buildCertificateBag({ certificates: ders, crls: [] })],
    ['to-ada-who-signed.p7m', signed],
    ['to-one-who-signs.cer', signer.der],
    ['to-former.cer', former.der],
    ['to-late.cer', late.der],
    ['to-late-and-ada.pem', utf8([late, ada].map(({ certificate }) => certificate).join('\n'))],
    ['to-root.pem', utf8(office.root.pem)],
    ['to-a-cut-one.cer', ada.der.subarray(0, ada.der.length - 40)],
    ['to-a-cut-one.pem', utf8(pemEncode('CERTIFICATE', ada.der.subarray(0, ada.der.length - 40)))],
    ['to-a-cut-bag.p7b', buildCertificateBag({ certificates: ders, crls: [] }).subarray(0, 300)],
    ['to-a-key.pem', utf8(ada.key)],
    ['to-a-text.pem', TEXT],
    ['to-nobody.pem', new Uint8Array()],
  ])
  return { office, ada, files, named }
}

/** The same length everywhere, so that nothing but these octets differs. */
function altered(bytes: Uint8Array, from: string, to: string): Buffer {
  const [text, other] = [Buffer.from(from).toString('latin1'), Buffer.from(to).toString('latin1')]
  if (text.length !== other.length) throw new Error(`${from} and ${to} differ in length`)
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(text, other), 'latin1')
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const other = Uint8Array.from(bytes)
  other[at]! ^= 1
  return other
}

async function detached(person: Person, office: Office): Promise<Uint8Array> {
  const key = await importPrivateKey(pemDecode(person.key)[0]!.der)
  return signDetached(one(TEXT), {
    signers: [{ certificate: parseCertificate(person.der), key }],
    certificates: pemDecode(office.issuing.pem).map(({ der }) => parseCertificate(der)),
    at: new Date(),
  })
}

/** SignedData without content and without anybody who signed: zero signers are never valid. */
const nobodySigned = (): Uint8Array =>
  sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence(integer(1), setOf(), sequence(oid(DATA)), setOf())))

async function sealedFor(
  person: Person,
  content: Uint8Array,
  cipher: 'AES-256-GCM' | 'AES-256-CBC' = 'AES-256-GCM',
): Promise<Uint8Array> {
  const recipients = [{ kind: 'certificate', certificate: parseCertificate(person.der) }] as const
  return whole(sealContent(one(content), { recipients, cipher, at: new Date() }))
}

/** RFC 3274. */
const compressed = (content: Uint8Array): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.9.16.1.9'),
    explicit(
      0,
      sequence(
        integer(0),
        sequence(oid('1.2.840.113549.1.9.16.3.8')),
        sequence(oid(DATA), explicit(0, octetString(deflateSync(content)))),
      ),
    ),
  )

/** RFC 5652 §7. */
const digested = async (content: Uint8Array): Promise<Uint8Array> =>
  sequence(
    oid('1.2.840.113549.1.7.5'),
    explicit(
      0,
      sequence(
        integer(0),
        sequence(oid('2.16.840.1.101.3.4.2.1')),
        sequence(oid(DATA), explicit(0, octetString(content))),
        octetString(await digest('SHA-256', content)),
      ),
    ),
  )

/** RFC 5652 §9, its key sent by RSA-OAEP with SHA-256 (RFC 4055 §4.1). */
function authenticated(person: Person, content: Uint8Array): Uint8Array {
  const { issuer, serial, publicKey } = parseCertificate(person.der)
  const macKey = randomBytes(32)
  const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
  const oaep = sequence(
    oid('1.2.840.113549.1.1.7'),
    sequence(explicit(0, sha256), explicit(1, sequence(oid('1.2.840.113549.1.1.8'), sha256))),
  )
  const sent = publicEncrypt(
    {
      key: pemEncode('PUBLIC KEY', publicKey.spki),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
    },
    macKey,
  )
  const recipient = sequence(
    integer(0),
    sequence(issuer.der, integer(BigInt(`0x${Buffer.from(serial).toString('hex')}`))),
    oaep,
    octetString(sent),
  )
  return sequence(
    oid('1.2.840.113549.1.9.16.1.2'),
    explicit(
      0,
      sequence(
        integer(0),
        setOf(recipient),
        sequence(oid('1.2.840.113549.2.9')),
        sequence(oid(DATA), explicit(0, octetString(content))),
        octetString(createHmac('sha256', macKey).update(content).digest()),
      ),
    ),
  )
}

const archive = (...names: string[]): Promise<Buffer> =>
  whole(
    writeArchive(
      names.map((name) => ({
        ...{ name, modified: new Date('2026-01-02T03:04:06Z') },
        open: async () => ({ size: TEXT.length, bytes: one(TEXT.slice()) }),
      })),
    ),
  )

const mail = (bytes: Uint8Array): Uint8Array =>
  utf8(
    [
      'MIME-Version: 1.0',
      'Content-Type: application/pkcs7-mime; name="smime.p7m"',
      'Content-Transfer-Encoding: base64',
      '',
      toBase64(bytes).replace(/.{1,64}/g, '$&\r\n'),
    ].join('\r\n'),
  )

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
