import type { KitFile } from '@scel/contract/kit'

/** Addresses under which people and machines reach the desk. */
export interface Services {
  /** `https://NAME:8443`: portal and API, an origin. */
  readonly portal: string
  /** `https://NAME:8444`: mutual TLS. */
  readonly mutual: string
  /** `http://NAME:8080`: lists, OCSP, authority certificates, time stamps. */
  readonly public: string
}

/** What the desk says about itself. */
export interface About {
  readonly name: string
  readonly version: string
  readonly services: Services
  /** What clients check the listener's certificate against, now: see `Identity`. */
  readonly tls: { readonly anchor: string; readonly given: boolean }
}

/** A port that the scheme has anyway is not written: browsers leave it out of an origin too (RFC 6454 §4). */
export function servicesOf(
  publicName: string,
  ports: { readonly portal: number; readonly mutual: number; readonly public: number },
): Services {
  const origin = (scheme: string, port: number): string => new URL(`${scheme}://${publicName}:${port}`).origin
  return Object.freeze({
    portal: origin('https', ports.portal),
    mutual: origin('https', ports.mutual),
    public: origin('http', ports.public),
  })
}

/** A name that every file system takes, which still says whose kit it is. */
export const kitFileName = ({ rules, kit }: KitFile): string =>
  `${plain(rules.organisation.code)}-${plain(kit.name)}.scel-kit`

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'kit'
