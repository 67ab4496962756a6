import { buildCertificateBag } from '@scel/pki/cms'
import { keyMatches } from '@scel/pki/crypto'
import { writePkcs12, writePkcs12Certificates } from '@scel/pki/pkcs12'
import { formatName, nameValue, parseCertificate } from '@scel/pki/x509'
import { stop } from '../../ui/cli-error.ts'
import type { Given } from '../input/given.ts'
import { dersOf, type Item } from '../input/material.ts'
import type { Product } from '../input/output.ts'
import { newPassphrase } from '../input/passphrase.ts'
import { kindFor } from '../input/pkcs12-target.ts'
import type { Shell } from '../input/shell.ts'
import { jwkTextOf } from './jwk.ts'
import { derOf, pemOf } from './product-forms.ts'

export type Form = 'pem' | 'der' | 'p7b' | 'p12' | 'jwk'

interface Source {
  readonly shell: Shell
  readonly given: Given
  readonly file: string
  readonly items: readonly Item[]
  readonly friendlyName?: string
}

/** The product, and what --json says of it. */
interface Conversion {
  readonly product: Product
  readonly facts: Readonly<Record<string, unknown>>
}

/** One row per form. @throws convert_several, certificate_missing, key_missing, key_mismatch */
export const PRODUCTS: Readonly<Record<Form, (source: Source) => Promise<Conversion>>> = {
  async pem({ items }) {
    const blocks = await Promise.all(items.map(pemOf))
    return { product: { content: blocks.join(''), secret: items.some(isSecret) }, facts: { objects: items.length } }
  },

  async der(source) {
    const item = onlyOne(source)
    return { product: { content: await derOf(item), secret: isSecret(item) }, facts: { kind: item.kind } }
  },

  async p7b({ items, file }) {
    const certificates = dersOf(items, 'certificate')
    if (certificates.length === 0) stop('certificate_missing', { file })
    const crls = dersOf(items, 'crl')
    return {
      product: { content: buildCertificateBag({ certificates, crls }), secret: false },
      facts: { certificates: certificates.length, crls: crls.length },
    }
  },

  p12: pkcs12,

  async jwk(source) {
    const item = onlyOne(source)
    return { product: { content: `${await jwkTextOf(item)}\n`, secret: isSecret(item) }, facts: { kind: item.kind } }
  },
}

async function pkcs12({ shell, given, file, items, friendlyName }: Source): Promise<Conversion> {
  if (given.flag('trust-store')) return trustStore({ shell, given, file, items })
  const [key, ...more] = items.flatMap((item) => (item.kind === 'private key' ? [item.key] : []))
  if (!key || more.length > 0) return stop(key ? 'keys_several' : 'key_missing', { file })
  const certificates = dersOf(items, 'certificate')
  const certificate = certificates.find((der) => keyMatches(key, parseCertificate(der).publicKey.spki))
  if (!certificate) return stop('certificate_of_key_missing', { file })
  const name = given.text('name') ?? friendlyName ?? nameOf(certificate)
  const kind = kindFor(given.text('for'))
  const chain = certificates.filter((der) => der !== certificate)
  const passphrase = await newPassphrase(shell, given)
  const content = await writePkcs12({ key, certificate, chain, friendlyName: name, passphrase, kind })
  return { product: { content, secret: false }, facts: { kind, name, certificates: certificates.length } }
}

/** Certificates alone, marked as trusted for Java. */
async function trustStore({ shell, given, file, items }: Source): Promise<Conversion> {
  const certificates = dersOf(items, 'certificate')
  if (certificates.length === 0) stop('certificate_missing', { file })
  const kind = kindFor(given.text('for'))
  const passphrase = await newPassphrase(shell, given)
  const named = certificates.map((der) => ({ der, friendlyName: nameOf(der), trusted: true }))
  const content = await writePkcs12Certificates({ certificates: named, passphrase, kind })
  return { product: { content, secret: false }, facts: { kind, certificates: certificates.length } }
}

function nameOf(certificate: Uint8Array): string {
  const { subject } = parseCertificate(certificate)
  return nameValue(subject, 'commonName') ?? formatName(subject, 'rfc4514')
}

const isSecret = (item: Item): boolean => item.kind === 'private key'

function onlyOne({ items, file }: Source): Item {
  const [item, ...more] = items
  return item && more.length === 0 ? item : stop('convert_several', { file, count: items.length })
}
