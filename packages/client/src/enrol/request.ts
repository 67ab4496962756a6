import { APPLICANT_THUMBPRINT_OID } from '@scel/contract/applicant'
import type { KitRules } from '@scel/contract/kit'
import { octetString } from '@scel/pki/asn1'
import { fromHex, pemEncode } from '@scel/pki/bytes'
import type { Key } from '@scel/pki/crypto'
import {
  buildName,
  buildRequest,
  KEY_USAGE_BITS,
  type KeyUsageBit,
  makeExtension,
  type NameInput,
} from '@scel/pki/x509'

export interface RequestWishes {
  readonly rules: KitRules
  readonly key: Key
  /** Thumbprint of the applicant key, hex. */
  readonly applicant: string
  readonly commonName: string
  readonly locality?: string
  readonly state?: string
  /** Host names beside the common name, where that is one. */
  readonly names: readonly string[]
}

/**
 * The certificate request, PEM (PKCS #10, RFC 2986): the subject as the kit lays it down, most significant part first,
 * the usages it names, and the attribute that binds it to the applicant key.
 */
export async function certificateRequest(wishes: RequestWishes): Promise<string> {
  const { rules, key, applicant, commonName, names } = wishes
  const usages = rules.keyUsage[kindOf(key.spec)].filter(isUsage)
  const hostNames = rules.commonName === 'host-name' ? [...new Set([commonName, ...names])] : []
  const der = await buildRequest({
    subject: buildName(subjectOf(wishes)),
    key,
    extensions: [
      ...(usages.length > 0 ? [makeExtension('keyUsage', usages)] : []),
      ...(rules.extendedKeyUsage.length > 0 ? [makeExtension('extendedKeyUsage', rules.extendedKeyUsage)] : []),
      ...(hostNames.length > 0
        ? [
            makeExtension(
              'subjectAltName',
              hostNames.map((value) => ({ kind: 'dNSName' as const, value })),
            ),
          ]
        : []),
    ],
    attributes: [{ oid: APPLICANT_THUMBPRINT_OID, valueDer: octetString(fromHex(applicant)) }],
  })
  return pemEncode('CERTIFICATE REQUEST', der)
}

/** The subject as the kit lays it down, most significant part first. */
export function subjectOf({
  rules,
  commonName,
  locality,
  state,
}: Pick<RequestWishes, 'rules' | 'commonName' | 'locality' | 'state'>): NameInput[] {
  return [
    { type: 'countryName', value: rules.country },
    ...(state ? [{ type: 'stateOrProvinceName' as const, value: state }] : []),
    ...(locality ? [{ type: 'localityName' as const, value: locality }] : []),
    { type: 'organizationName', value: rules.organisation.name },
    { type: 'organizationalUnitName', value: rules.organisation.code },
    ...(rules.organisationalUnit === undefined
      ? []
      : [{ type: 'organizationalUnitName' as const, value: rules.organisationalUnit }]),
    { type: 'commonName', value: commonName },
  ]
}

const kindOf = (spec: string | undefined): 'rsa' | 'ec' => (spec?.startsWith('rsa') ? 'rsa' : 'ec')

const isUsage = (name: string): name is KeyUsageBit => (KEY_USAGE_BITS as readonly string[]).includes(name)
