import type { Agent } from 'node:https'
import {
  APPLICANT_HEADER,
  APPLICANT_THUMBPRINT_OID,
  applicantSignedBytes,
  applicantThumbprint,
  formatApplicantHeader,
  NONCE_HEADER,
} from '@scel/contract/applicant'
import { type KitFile, kitRulesDigest } from '@scel/contract/kit'
import { octetString } from '@scel/pki/asn1'
import { fromHex } from '@scel/pki/bytes'
import { generateKeyPair, sign } from '@scel/pki/crypto'
import { type Answer, type CallInput, call } from './call.ts'
import { type Credential, type CredentialInput, makeCredential } from './credential.ts'
import type { TestDesk } from './start-desk.ts'

/** A machine with an applicant key: signs its calls. */
export interface Applicant {
  /** SHA-256 of the key's SPKI, hex. */
  readonly thumbprint: string
  /** A key pair whose request names this applicant. */
  credential(input?: CredentialInput): Promise<Credential>
  /** A signed call, of JSON or of octets as they are; `forge` may change what is sent after it was signed. */
  send(method: 'GET' | 'POST', path: string, body?: unknown, forge?: (input: CallInput) => CallInput): Promise<Answer>
  /** Asks for a certificate with a kit. */
  submit(kit: KitFile, csr: string, hostName?: string): Promise<Answer>
}

/**
 * Makes an applicant key.
 *
 * @param agent connections to use, which must trust the desk's root; by default every call has its own
 */
export async function makeApplicant(desk: Pick<TestDesk, 'services' | 'root'>, agent?: Agent): Promise<Applicant> {
  const over: CallInput = agent ? { agent } : { ca: desk.root }
  const { privateKey } = await generateKeyPair('ec-p256')
  const thumbprint = await applicantThumbprint(privateKey.publicKey)
  const attributes = [{ oid: APPLICANT_THUMBPRINT_OID, valueDer: octetString(fromHex(thumbprint)) }]
  let deskId = ''
  let next = ''

  const nonce = async (): Promise<string> => {
    if (next) return next
    const answer = await call(`${desk.services.portal}/api/enrolment/nonce`, { method: 'POST', ...over })
    deskId = answer.json.desk
    return answer.json.nonce
  }

  const send: Applicant['send'] = async (method, path, body, forge = (input) => input) => {
    const fresh = await nonce()
    next = ''
    const bytes = body instanceof Uint8Array ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body))
    const request = /\/requests\/(\d+)/.exec(path)?.[1]
    const signed = await applicantSignedBytes({
      desk: deskId,
      ...(request !== undefined && { request: Number(request) }),
      ...{ method, path, body: bytes, nonce: fresh },
    })
    const signature = await sign(privateKey, signed)
    const header = formatApplicantHeader({ key: privateKey.publicKey, nonce: fresh, signature })
    const input: CallInput = {
      method,
      ...over,
      headers: { [APPLICANT_HEADER]: header, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: bytes }),
    }
    const answer = await call(`${desk.services.portal}${path}`, forge(input))
    next = String(answer.headers[NONCE_HEADER] ?? '')
    return answer
  }

  return {
    thumbprint,
    credential: (input = {}) => makeCredential({ attributes, ...input }),
    send,
    submit: async (kit, csr, hostName = 'poste-12') =>
      send('POST', '/api/enrolment/requests', {
        kit: { id: kit.kit.id, secret: kit.kit.secret, rules: await kitRulesDigest(kit.rules) },
        csr,
        machine: { ...MACHINE, hostName },
        contact: { email: 'poste@example.org', description: 'guichet 3' },
      }),
  }
}

const MACHINE = {
  macAddresses: ['02:00:5e:10:00:01'],
  processor: 'Test Processor',
  processorId: '0001',
  operatingSystem: 'Linux',
  operatingSystemVersion: '6.12',
  architecture: 'x64',
}
