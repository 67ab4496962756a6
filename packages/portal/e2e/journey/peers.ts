import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command, type Machine } from './machine.ts'

/** State of each of a machine's requests, by number, as `scel requests` tells it. */
export async function requestStates(machine: Machine): Promise<Record<number, string>> {
  const { out } = await machine.scel('requests', '--json')
  const { desks } = JSON.parse(out) as { desks: { requests: { number: number; state: string }[] }[] }
  return Object.fromEntries(desks.flatMap(({ requests }) => requests).map(({ number, state }) => [number, state]))
}

/** Where the client keeps the workstation's certificate and key, found as a person would: by looking. */
export async function installedCertificate(home: string): Promise<{ certificate: string; key: string }> {
  const files = (await readdir(home, { recursive: true })).map((file) => join(home, file))
  for (const certificate of files.filter((file) => /cert.*\.pem$/.test(file))) {
    const shown = await command('openssl', ['x509', '-in', certificate, '-noout', '-subject'])
    if (!/CN\s*=\s*ws-/.test(shown.out)) continue
    const folder = join(certificate, '..')
    const key = files.find((file) => file.startsWith(folder) && /key\.pem$/.test(file))
    if (key) return { certificate, key }
  }
  throw new Error(`no installed certificate among ${files.join(', ')}`)
}

/** Fetches, as the certificate itself says, its authority's certificate and revocation list. */
export async function revocationFiles(folder: string, certificate: string): Promise<{ crl: string; issuer: string }> {
  const { out } = await command('openssl', [
    'x509',
    '-in',
    certificate,
    '-noout',
    '-ext',
    'crlDistributionPoints,authorityInfoAccess',
  ])
  const fetchTo = async (address: string | undefined, kind: 'crl' | 'x509', name: string): Promise<string> => {
    assert.ok(address, out)
    const der = join(folder, `${name}.der`)
    await command('curl', ['--silent', '--fail', '-o', der, address])
    const pem = join(folder, `${name}.pem`)
    const { code, err } = await command('openssl', [kind, '-inform', 'DER', '-in', der, '-out', pem])
    assert.equal(code, 0, err)
    assert.ok((await readFile(pem)).length > 0)
    return pem
  }
  return {
    crl: await fetchTo(/URI:(\S+\.crl)/.exec(out)?.[1], 'crl', 'list'),
    issuer: await fetchTo(/CA Issuers - URI:(\S+)/.exec(out)?.[1], 'x509', 'issuer'),
  }
}
