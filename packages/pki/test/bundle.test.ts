// What a web page loads when it only reads certificates: little, and nothing of messages or key files.

import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { bundled } from './bundled.ts'

const SRC = join(import.meta.dirname, '../src')
const LIMIT = 25 * 1024
const READING = `
  import { extension, extensionName, formatName, parseCertificate } from '@scel/pki/x509'
  globalThis.read = (der) => {
    const certificate = parseCertificate(der)
    const names = certificate.extensions.map(({ oid }) => extensionName(oid) ?? oid)
    return [formatName(certificate.subject, 'rfc4514'), names, extension(certificate, 'subjectAltName')]
  }`

test('a page that reads certificates and their extensions loads less than 25 KiB, compressed', async (t) => {
  const bytes = gzipSync(await bundled(READING)).length
  t.diagnostic(`${bytes} of ${LIMIT} bytes`)
  assert.ok(bytes < LIMIT, `${bytes} bytes`)
})

test('it holds no name and no identifier of CMS, PKCS #12 or encryption', async () => {
  const bundle = await bundled(READING, { minify: false })
  assert.match(bundle, /2\.5\.29\.17/) // the bundle is the one that is meant
  const foreign = sources('{cms,pkcs12,tsp,smime,crypto}/**/*.ts')
  const own = sources('{errors,bytes,asn1,algorithms,x509}/**/*.ts')
  const oids = (text: string): string[] => [...text.matchAll(/'([0-2](?:\.\d+){4,})/g)].map(([, oid]) => oid!)
  const ownOids = new Set(oids(own))
  const foreignOids = [...new Set(oids(foreign))].filter((oid) => !ownOids.has(oid))
  assert.ok(foreignOids.includes('1.2.840.113549.1.12.10.1.2'), 'the key bag of PKCS #12 is looked for')
  assert.deepEqual(
    foreignOids.filter((oid) => new RegExp(`["'\`]${oid.replaceAll('.', '\\.')}(?![.\\d])`).test(bundle)),
    [],
  )
  const names = [...foreign.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(([, name]) => name!)
  assert.ok(names.includes('readPkcs12') && names.includes('verify'))
  const ownNames = new Set([...own.matchAll(/\b\w+\b/g)].map(([word]) => word))
  assert.deepEqual(
    names.filter((name) => !ownNames.has(name) && new RegExp(`\\b${name}\\b`).test(bundle)),
    [],
  )
  for (const word of ['pkcs12', 'PFX', 'SafeContents', 'envelopedData', 'signedData', 'AES-', 'subtle']) {
    assert.ok(!bundle.toLowerCase().includes(word.toLowerCase()), word)
  }
})

const sources = (pattern: string): string =>
  globSync(pattern, { cwd: SRC })
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(SRC, name), 'utf8'))
    .join('\n')
