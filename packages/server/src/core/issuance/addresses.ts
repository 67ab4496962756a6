import { type Extension, makeExtension } from '@scel/pki/x509'

/** Addresses written into certificates: plain HTTP, because whoever checks a certificate has none yet (RFC 5280 §8). */
export interface Addresses {
  crl(authorityId: string): string
  authority(authorityId: string): string
  readonly ocsp: string
}

/** @param base for example `http://pki.example.org:8080` */
export const addressesAt = (base: string): Addresses => ({
  crl: (id) => `${base}/crl/${id}.crl`,
  authority: (id) => `${base}/ca/${id}.cer`,
  ocsp: `${base}/ocsp`,
})

/** Where to ask about a certificate that this authority issued: OCSP, CRL, and the authority's own certificate. */
export function revocationExtensions(
  addresses: Addresses,
  authorityId: string,
  { ocsp = true }: { readonly ocsp?: boolean } = {},
): Extension[] {
  return [
    makeExtension('crlDistributionPoints', [{ fullName: [uri(addresses.crl(authorityId))] }]),
    makeExtension('authorityInfoAccess', [
      ...(ocsp ? [{ method: 'ocsp', location: uri(addresses.ocsp) }] : []),
      { method: 'caIssuers', location: uri(addresses.authority(authorityId)) },
    ]),
  ]
}

const uri = (value: string): { kind: 'uri'; value: string } => ({ kind: 'uri', value })
