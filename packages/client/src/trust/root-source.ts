import { describeDesk } from '@scel/contract/routes'
import { objectsIn } from '@scel/files/objects'
import { pemEncode } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, extension, fingerprint, nameValue, parseCertificate, verifyIssuedBy } from '@scel/pki/x509'
import { Value } from 'typebox/value'
import { callHttps, type HttpsCall } from '../enrol/https-call.ts'
import { parseJson } from '../enrol/parse-json.ts'
import { certificateOf } from '../enrol/verify-issued.ts'
import { readLimited } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'
import type { Anchor } from './trust-store.ts'

/** The root in a file: its only self-signed certificate. @throws root_not_a_root, file_missing */
export async function rootOfFile(file: string): Promise<Certificate> {
  const roots: Certificate[] = []
  for (const found of objectsIn(await readLimited(file, LARGEST))) {
    if (found.kind !== 'certificate') continue
    const certificate = parseCertificate(found.der)
    if (await isRoot(certificate)) roots.push(certificate)
  }
  const [root] = roots
  return root && roots.length === 1 ? root : stop('root_not_a_root')
}

/**
 * The root that a desk says it has and whose fingerprint the person typed. The first call cannot be verified yet;
 * nothing of its answer is used but a certificate that has this very fingerprint. A second call, verified by that
 * certificate alone, then makes sure that it is the desk's. @throws root_not_offered, and failures of the connection
 */
export async function rootOfDesk(desk: URL, wanted: string, signal: AbortSignal): Promise<Certificate> {
  const described = async (roots: HttpsCall['roots']): Promise<Map<string, Certificate>> => {
    const { origin } = desk
    const call = { origin, method: 'GET', path: describeDesk.path, roots, signal, timeoutSeconds: 15 }
    return rootsOf((await callHttps(call)).body)
  }
  const offered =
    (await described('unproven')).get(wanted) ?? stop('root_not_offered', { host: desk.host, expected: wanted })
  const proven = await described([pemEncode('CERTIFICATE', offered.der)])
  return proven.get(wanted) ?? stop('root_not_offered', { host: desk.host, expected: wanted })
}

/** An anchor of a certificate that can be one, and today when `now` is given. @throws root_not_a_root, root_not_current */
export async function anchorOf(root: Certificate, now?: Date): Promise<Anchor> {
  if (!(await isRoot(root))) stop('root_not_a_root')
  if (now && (now < root.notBefore || now > root.notAfter)) stop('root_not_current')
  const name = (nameValue(root.subject, 'commonName') ?? 'Scel').replace(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 60)
  return { der: root.der, fingerprint: await fingerprint(root.der), name: name.trim() }
}

async function isRoot(certificate: Certificate): Promise<boolean> {
  if (extension(certificate, 'basicConstraints')?.ca !== true) return false
  return verifyIssuedBy(certificate, certificate)
}

/** The certificates in a desk's description of itself, by fingerprint. */
async function rootsOf(body: Buffer): Promise<Map<string, Certificate>> {
  const value = parseJson(body)
  const found = new Map<string, Certificate>()
  if (!Value.Check(describeDesk.output, value)) return found
  for (const { pem } of value.roots) {
    try {
      const certificate = certificateOf(pem)
      found.set(await fingerprint(certificate.der), certificate)
    } catch (error) {
      if (!isPkiError(error)) throw error
    }
  }
  return found
}

const LARGEST = 1024 * 1024
