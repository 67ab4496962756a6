/** What goes wrong with keys and certificates that no desk knows: they come from elsewhere, or go there. */
export const IDENTITIES_FAILURES_EN = {
  adopted_key_other: {
    says: 'the key is not that of the certificate',
    hint: 'compare the two with scel key match, and give those that belong together',
  },
  adopted_certificate_other: {
    says: 'this key is in {place} already, with another certificate',
    hint: 'add --replace if the new one is to take its place: what was sealed for the present one may then not be found by it any more',
  },
  adopted_elsewhere: {
    says: 'this key is noted to be in {place}',
    hint: 'it is noted for one token: to have it in another one, move {folder} away first',
  },
  certificates_too_large: {
    says: 'the certificates are longer than {limit} bytes',
    hint: 'check that it is the right file: no certificate that programs use is as long',
  },
} as const
