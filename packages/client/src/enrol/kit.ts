import { KitFile } from '@scel/contract/kit'
import { pemDecode } from '@scel/pki/bytes'
import { parseCertificate } from '@scel/pki/x509'
import { Value } from 'typebox/value'
import { readLimited } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'

/** Reads an enrolment kit. @throws file_missing, file_unreadable, file_too_large, kit_malformed */
export async function readKit(file: string): Promise<KitFile> {
  const content = await readLimited(file, LIMIT)
  const value = parse(content)
  if (!Value.Check(KitFile, value)) {
    const where = value === undefined ? 'JSON' : (Value.Errors(KitFile, value)[0]?.instancePath ?? '')
    return stop('kit_malformed', { file, where: where || 'format' })
  }
  for (const [name, pem] of Object.entries(value.roots)) {
    if (!isCertificate(pem)) stop('kit_malformed', { file, where: `/roots/${name}` })
  }
  for (const [name, address] of Object.entries(value.desk.services)) {
    // The lists of revoked certificates are signed themselves; everything else goes over TLS.
    if (name !== 'public' && !address.startsWith('https://'))
      stop('kit_malformed', { file, where: `/desk/services/${name}` })
  }
  return value
}

function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    return undefined
  }
}

function isCertificate(pem: string): boolean {
  try {
    const blocks = pemDecode(pem)
    return blocks.length === 1 && blocks[0]?.label === 'CERTIFICATE' && parseCertificate(blocks[0].der) !== undefined
  } catch {
    return false // which of the two it was is said by its place in the file
  }
}

const LIMIT = 1024 * 1024
