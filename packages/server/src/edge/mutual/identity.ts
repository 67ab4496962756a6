import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { parseCertificate } from '@scel/pki/x509'
import type { Core } from '../../core/core.ts'
import { namesOfCertificate } from '../../core/names/names-of.ts'
import type { TlsDoor } from '../http/connections/listener.ts'

/** How the desk shows itself to TLS clients: the certificate of both doors, and whom the mutual one asks for. */
export interface Identity {
  readonly portal: TlsDoor
  readonly mutual: TlsDoor
  /**
   * PEM of the topmost certificate that is shown, which `scel` takes as its only anchor: the authority of the desk's own
   * certificates; of the operator's file a root when it holds one, else the last intermediate, else the certificate.
   */
  readonly anchor: string
  /** Whether the operator gave the certificate, so that it does not chain to the desk's root. */
  readonly given: boolean
  /** Names in the certificate that is shown, and those that one made by the desk would have. */
  readonly names: readonly string[]
  /**
   * Looks again.
   *
   * @returns whether the doors must be told: another certificate, or other authorities
   * @throws Error when a file cannot be read, or key and certificate do not fit; what was shown before stays
   */
  renew(): Promise<boolean>
}

interface Needs {
  readonly core: Pick<Core, 'ownCertificates' | 'authorities'>
  readonly publicName: string
  /** The operator's own certificate and key; read again at each look, so that they may be replaced under a running desk. */
  readonly files: { readonly certificateFile: string; readonly keyFile: string } | undefined
}

export function makeIdentity({ core, publicName, files }: Needs): Identity {
  const names = publicName === 'localhost' ? ['localhost', '127.0.0.1', '::1'] : [publicName]
  let shown: TlsDoor = { chain: '', key: '' }
  let askFor: readonly string[] = []
  let seen = ''
  let certified: readonly string[] = []

  const look = async (): Promise<TlsDoor> => {
    if (!files) return core.ownCertificates.tlsIdentity(names)
    const [chain, key] = await Promise.all([readFile(files.certificateFile, 'utf8'), readFile(files.keyFile, 'utf8')])
    return { chain, key }
  }

  return {
    get portal() {
      return { chain: shown.chain, key: shown.key }
    },
    get mutual() {
      return { chain: shown.chain, key: shown.key, askFor }
    },
    get anchor() {
      const top = pemDecode(shown.chain).at(-1)
      return top ? pemEncode(top.label, top.der) : ''
    },
    given: files !== undefined,
    get names() {
      return [...names, ...certified]
    },
    renew: async () => {
      const [{ chain, key }, authorities] = await Promise.all([look(), core.authorities.clientAuthorities()])
      const accepted = authorities.map((der) => pemEncode('CERTIFICATE', der))
      const now = [chain, key, ...accepted].join()
      if (now === seen) return false
      // Tried before anything is given up: while files are being replaced, key and certificate may not fit.
      createSecureContext({ cert: chain, key, ca: accepted })
      shown = { chain, key }
      const [leaf] = pemDecode(chain)
      certified = leaf ? namesOfCertificate(parseCertificate(leaf.der)).map(({ name }) => name) : []
      askFor = accepted
      seen = now
      return true
    },
  }
}
