/** A breakage that no test can notice, and why: another guard stands behind, or nothing depends on it. */
export interface Equivalent {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly why: string
}

const CRYPTO = 'packages/pki/src/crypto'
const CHAIN = 'packages/pki/src/cms/signed/chain.ts'
const CERTIFICATE = 'packages/pki/src/x509/certificate.ts'
const READER = 'packages/pki/src/asn1/reader.ts'
const JSON_BODY = 'packages/server/src/edge/http/input/json-body.ts'

export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: `${CRYPTO}/key-agreement.ts`,
    before: 'own.curve && !isHere(key)',
    after: 'own.curve',
    why: 'the platform looks at the point itself; looking twice takes longer',
  },
  {
    file: `${CRYPTO}/signatures.ts`,
    before: 'isHere(key) || (await verify(row, key.publicKey, data, signature))',
    after: '(await verify(row, key.publicKey, data, signature))',
    why: 'what the platform signs with a key of its own verifies; looking takes longer',
  },
  {
    file: `${CRYPTO}/ec-point.ts`,
    before: 'y < p',
    after: 'y <= p',
    why: 'that would be y = 0, a point of order two, which none of these curves has',
  },
  {
    file: `${CRYPTO}/rsa/encryption.ts`,
    before: 'i < length',
    after: 'i <= length',
    why: 'what is written behind the end of typed octets goes nowhere',
  },
  {
    file: CHAIN,
    before: 'stamped && !asked.valid',
    after: '!asked.valid',
    why: 'without a stamp both moments are now, and the same question has the same answer',
  },
  {
    file: CHAIN,
    before: "typeof revocation === 'object' && revocation.mode === 'if-known'",
    after: "revocation.mode === 'if-known'",
    why: 'neither a function nor a string has a mode; the type wants to know',
  },
  {
    file: 'packages/pki/src/cms/signed/integrity.ts',
    before: 'content[0] !== TAG.set',
    after: 'false',
    why: 'what begins with another tag is refused by the first step of the reader; asked beforehand it costs nothing',
  },
  {
    file: CERTIFICATE,
    before: '!issuerUniqueId && !subjectUniqueId',
    after: 'false',
    why: 'adding nothing makes a copy with the same content, which takes longer',
  },
  {
    file: READER,
    before: 'octets === 0 || octets > 4 || offset + octets > this.#end',
    after: 'offset + octets > this.#end',
    why: 'no octets are the length 0, which is refused as not the shortest form; five octets that begin with another than zero are more than any input has, and otherwise not the shortest form',
  },
  {
    file: READER,
    before: 'octets === 0 || octets > 4',
    after: 'octets === 0',
    why: 'five octets that begin with another than zero are more than any input has, and otherwise not the shortest form',
  },
  {
    file: READER,
    before: 'octets === 0 || octets > 4',
    after: 'octets > 4',
    why: 'no octets are the length 0, which is refused as not the shortest form',
  },
  {
    file: READER,
    before: 'offset + octets > this.#end',
    after: 'offset + octets >= this.#end',
    why: 'such a length is 128 at least, and nothing is left for it',
  },
  {
    file: READER,
    before: 'end - start > 8 || bytes[start]! >= 0x80',
    after: 'bytes[start]! >= 0x80',
    why: 'an integer of nine octets is above every maximum; asked beforehand it costs nothing',
  },
  {
    file: READER,
    before: 'end - start > 8',
    after: 'end - start >= 8',
    why: 'an integer of eight octets is 2^55 at least, above every maximum',
  },
  {
    file: READER,
    before: 'bytes.length > 0 && (bytes[bytes.length - 1]! & ((1 << unusedBits) - 1)) !== 0',
    after: '(bytes[bytes.length - 1]! & ((1 << unusedBits) - 1)) !== 0',
    why: 'where there is no octet, none of its bits is set; the type wants to know',
  },
  {
    file: READER,
    before: 'bytes.length > 0',
    after: 'bytes.length >= 0',
    why: 'where there is no octet, none of its bits is set; the type wants to know',
  },
  {
    file: READER,
    before: 'bit < length',
    after: 'bit <= length',
    why: 'the next bit is an unused one, which is zero, or one of no octet',
  },
  {
    file: JSON_BODY,
    before: 'at < text.length',
    after: 'at <= text.length',
    why: 'there is no letter after the last',
  },
  {
    file: 'packages/pki/src/path/name-constraints.ts',
    before: "'value' in name && typeof name.value === 'string'",
    after: "typeof name.value === 'string'",
    why: 'what has no value has none that is a text; the type wants to know',
  },
  {
    file: 'packages/server/src/core/people/sessions/sessions.ts',
    before: 'token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)',
    after: 'token === undefined',
    why: 'what has another form is the hash of no token; asked beforehand it costs nothing',
  },
  {
    file: 'packages/server/src/core/people/sessions/sessions.ts',
    before: 'token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)',
    after: '!/^[A-Za-z0-9_-]{43}$/.test(token)',
    why: 'undefined is read as a word of another length; the type wants to know',
  },
  {
    file: 'packages/server/src/core/people/sign-in/last-administrator.ts',
    before: 'one && isGood(one, now)',
    after: 'isGood(one, now)',
    why: 'whoever is active has a certificate; the type wants to know',
  },
  {
    file: 'packages/server/src/core/certificates/judge.ts',
    before: 'sameName(leaf.issuer, issuer.subject) && (await holds(() => verifyIssuedBy(leaf, issuer)))',
    after: '(await holds(() => verifyIssuedBy(leaf, issuer)))',
    why: 'what verifies the signature compares the names itself; asked beforehand it costs less',
  },
  {
    file: 'packages/server/src/core/certificates/judge.ts',
    before: "!purposes.includes('clientAuth') || (purpose !== 'machines' && purpose !== 'people')",
    after: "!purposes.includes('clientAuth')",
    why: 'authorities of other purposes certify no clients, and what was not issued here is refused before; the type wants to know',
  },
  {
    file: 'packages/server/src/core/applicants/applicant-proof.ts',
    before: '!isPkiError(error)',
    after: 'false',
    why: 'it reads a key, which throws nothing else; a fault of ours would not be told as one of the key',
  },
  {
    file: 'packages/server/src/core/origins/kit/standing-approval.ts',
    before: 'maker.certificate && (await stores.certificates.find(scope, maker.certificate.id))',
    after: '(await stores.certificates.find(scope, maker.certificate.id))',
    why: 'whoever is active has a certificate; the type wants to know',
  },
  {
    file: 'packages/server/src/core/origins/kit/submit.ts',
    before: 'kit.standingApproval && prepared',
    after: 'kit.standingApproval',
    why: 'a kit gets no standing approval after it was made, so that one is prepared for; the type wants to know',
  },
  {
    file: 'packages/server/src/core/registration/history.ts',
    before: 'others.length > 0 || elsewhere.length > 0 || renewed.length < valid.length',
    after: 'others.length > 0 || elsewhere.length > 0',
    why: 'a common name is among the names, of which those that others have certified are told; this stands behind, should a row of names be missing',
  },
  {
    file: 'packages/server/src/core/registration/same-wish.ts',
    before: 'one < other',
    after: 'one <= other',
    why: 'no object has a field twice',
  },
  {
    file: 'packages/server/src/core/acting/once.ts',
    before: 'one < other',
    after: 'one <= other',
    why: 'no object has a field twice',
  },
  {
    file: 'packages/server/src/core/clock/comparison.ts',
    before: 'server < asked',
    after: 'server <= asked',
    why: 'at the same moment they differ by nothing, either way',
  },
  {
    file: 'packages/server/src/core/clock/comparison.ts',
    before: 'answered < server',
    after: 'answered <= server',
    why: 'at the same moment they differ by nothing, either way',
  },
  {
    file: 'packages/server/src/core/organisations/organisations.ts',
    before: 'nameSuffixes.length === 0',
    after: 'false',
    why: 'nothing reaches into no names; asked beforehand it costs nothing',
  },
  {
    file: 'packages/server/src/core/origins/invitation/accept.ts',
    before: 'link.invitation.spent',
    after: 'false',
    why: 'the unit that would spend it again finds it spent, and is answered the same; asked beforehand it costs nothing',
  },
  {
    file: 'packages/server/src/core/people/sessions/sessions.ts',
    before: 'der === undefined || !isDeskError(error) || NOT_LOGGED.has(error.code)',
    after: 'NOT_LOGGED.has(error.code)',
    why: 'what was not shown is refused with a code that is not logged, and what is no refusal is none to the log either; the type wants to know',
  },
  {
    file: 'packages/server/src/core/people/sessions/sessions.ts',
    before: 'der === undefined || !isDeskError(error)',
    after: 'der === undefined',
    why: 'what is no refusal is none to the log either; the type wants to know',
  },
  {
    file: 'packages/server/src/core/people/sessions/sessions.ts',
    before: 'der === undefined || !isDeskError(error)',
    after: '!isDeskError(error)',
    why: 'what was not shown is refused with a code that is not logged; the type wants to know',
  },
  {
    file: 'packages/server/src/core/issuance/issuance.ts',
    before: "type === 'commonName' && value",
    after: "type === 'commonName'",
    why: 'a common name has a value; the type wants to know',
  },
  {
    file: 'packages/server/src/core/issuance/issuance.ts',
    before: "'value' in name && typeof name.value === 'string'",
    after: "typeof name.value === 'string'",
    why: 'what has no value has none that is a text; the type wants to know',
  },
  {
    file: 'packages/server/src/core/issuance/issuance.ts',
    before: "'value' in name && typeof name.value === 'string'",
    after: "'value' in name",
    why: 'names that are asked for are texts; the type wants to know',
  },
  {
    file: 'packages/server/src/core/revocation/ocsp-responder.ts',
    before: '!isPkiError(error)',
    after: 'false',
    why: 'it reads a request, which throws nothing else; a fault of ours would not be told as one of the request',
  },
  {
    file: 'packages/server/src/core/revocation/revocation.ts',
    before: 'at < now',
    after: 'at <= now',
    why: 'at the same moment both are the same',
  },
  {
    file: 'packages/server/src/core/registration/wish.ts',
    before: 'request.unreadable || !equal(csr.der, request.csr)',
    after: 'request.unreadable',
    why: 'a row whose CSR is another than the one that was proven is told before, as changed: the mark covers it',
  },
  {
    file: 'packages/server/src/core/origins/kit/standing-approval.ts',
    before: 'kit.createdWith !== undefined && !madeWith',
    after: '!madeWith',
    why: 'where the kit says nothing it is the certificate of the maker, and whoever is active has one',
  },
  {
    file: 'packages/server/src/edge/http/connections/listener.ts',
    before: 'remoteAddress === undefined',
    after: 'false',
    why: 'of a connection that was reset before it was taken up, which no test can have at will',
  },
  {
    file: 'packages/server/src/edge/http/connections/listener.ts',
    before: 'isIP(host)',
    after: 'false',
    why: 'an address is looked up as itself; asked beforehand it costs nothing',
  },
  {
    file: 'packages/server/src/edge/http/connections/listener.ts',
    before: 'host && { host }',
    after: '{ host }',
    why: 'no address and an undefined one are the same to Node; the type wants to know',
  },
  {
    file: 'packages/server/src/edge/http/connections/garbage.ts',
    before: 'socket.writableEnded',
    after: 'false',
    why: 'after the last word nothing is written any more, whatever is tried; it ends by itself',
  },
  {
    file: 'packages/server/src/edge/http/connections/garbage.ts',
    before: "error.code === 'ECONNRESET' || !socket.writable",
    after: 'false',
    why: 'on a connection that is gone the words go nowhere, and it is closed all the same',
  },
  {
    file: 'packages/server/src/edge/http/connections/garbage.ts',
    before: "error.code === 'ECONNRESET' || !socket.writable",
    after: "error.code === 'ECONNRESET'",
    why: 'on a connection that takes no more words they go nowhere, and it is closed all the same',
  },
  {
    file: 'packages/server/src/edge/http/connections/garbage.ts',
    before: "error.code === 'ECONNRESET' || !socket.writable",
    after: '!socket.writable',
    why: 'on a connection that is gone the words go nowhere, and it is closed all the same',
  },
  {
    file: 'packages/server/src/core/issuance/issuance.ts',
    before: "stored === 'name_not_allowed'",
    after: 'false',
    why: 'the same code, without the name: who completes what waits asks for the code alone',
  },
  {
    file: 'packages/server/src/store/requests/request-rows.ts',
    before: 'row.certificate === null || row.certificate_serial === null',
    after: 'row.certificate_serial === null',
    why: 'the serial number is found by the certificate: without one there is none; the type wants to know',
  },
  {
    file: 'packages/server/src/core/origins/kit/kit-origin.ts',
    before: 'kit && organisation',
    after: 'organisation',
    why: 'the organisation is found by the kit: without one there is none',
  },
  {
    file: 'packages/server/src/store/keys/key-store.ts',
    before: 'rank(row) < rank(known)',
    after: 'rank(row) <= rank(known)',
    why: 'certificates have numbers of their own, and one of the desk is as good as another',
  },
  {
    file: 'packages/server/src/store/keys/compromise-store.ts',
    before: 'marks.length === 0',
    after: 'false',
    why: 'whoever asks has marks; a database would refuse to be asked about none',
  },
  {
    file: 'packages/server/src/core/origins/kit/standing-approval.ts',
    before: 'kit.createdWith === undefined || kit.createdWith === certificate?.id',
    after: 'kit.createdWith === undefined',
    why: 'the row that is there already is the one that would be found; not asked again it costs less',
  },
  {
    file: 'packages/server/src/core/origins/kit/standing-approval.ts',
    before: 'kit.createdWith === undefined || kit.createdWith === certificate?.id',
    after: 'kit.createdWith === certificate?.id',
    why: 'of a kit that names no certificate the mark of its maker was asked for before, and whoever is active has a certificate that is not revoked as compromised',
  },
  {
    file: 'packages/server/src/edge/http/connections/room.ts',
    before: 'own > 1',
    after: 'own >= 1',
    why: 'a network that has left is remembered with no place instead of forgotten, which nothing but memory tells',
  },
  {
    file: 'packages/server/src/edge/http/input/read-body.ts',
    before: 'needed > body.length',
    after: 'needed >= body.length',
    why: 'a buffer that is just full is copied into a larger one a piece earlier; the same is read',
  },
  {
    file: 'packages/server/src/edge/http/connections/kept-octets.ts',
    before: 'share.bytes > most.bytes',
    after: 'share.bytes >= most.bytes',
    why: 'of two networks that keep the same, either may go first',
  },
  {
    file: 'packages/server/src/edge/http/connections/kept-octets.ts',
    before: '!oldest || held.size === 1',
    after: 'held.size === 1',
    why: 'where nobody is held, nothing is too much; the type wants to know',
  },
  {
    file: 'packages/server/src/edge/http/connections/kept-octets.ts',
    before: 'one.since > late',
    after: 'one.since >= late',
    why: 'who moved in this very moment is late at the next look',
  },
  {
    file: 'packages/server/src/edge/http/connections/paced-response.ts',
    before: 'this.writableLength > 0 && this.socket',
    after: 'this.writableLength > 0',
    why: 'what waits to be read waits in its connection, which was there a moment ago; the type wants to know',
  },
]
