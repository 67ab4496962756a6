/** What the files of a server's certificate are called. */
export interface CertificateFiles {
  /** What they have in common, safe in a file system and a command line. */
  readonly name: string
  /** The certificate alone. */
  readonly certificate: string
  /** What stands between it and the root, issuer first. */
  readonly chain: string
  /** The certificate, then the chain: what most programs want. */
  readonly fullChain: string
}

/** @param commonName of the certificate: letters that are more than letters to a shell or a path become hyphens */
export function certificateFiles(commonName: string): CertificateFiles {
  const plain = commonName.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '')
  const name = plain.slice(0, 64) || 'server'
  return { name, certificate: `${name}.pem`, chain: `${name}-chain.pem`, fullChain: `${name}-fullchain.pem` }
}
