import { APPLICANT_THUMBPRINT_OID } from '@scel/contract/applicant'
import { refuse } from '@scel/contract/errors'
import type { KitRules } from '@scel/contract/kit'
import { isLine } from '@scel/contract/values'
import {
  type GrantedRequest,
  judgeWishes,
  type RequestFile,
  type RequestRules,
  readRequestFile,
} from '@scel/files/request'
import { buildName, formatName } from '@scel/pki/x509'
import type { AskedNames } from '../state/desk-record.ts'
import { readLimited } from '../state/files.ts'
import { subjectOf } from './request.ts'

/**
 * Reads a certificate request that was made elsewhere.
 * @throws RequestFileRefused, file_missing, file_unreadable, file_too_large; request_malformed and the other errors of what does not read
 */
export const readForeignRequest = async (file: string): Promise<RequestFile> =>
  readRequestFile(await readLimited(file, LIMIT))

/** What the kit makes of a request. */
export function rulesOfKit(rules: KitRules): RequestRules {
  const { organisation, country, organisationalUnit: unit, commonName } = rules
  return {
    keys: rules.keys,
    keyUsage: rules.keyUsage,
    extendedKeyUsage: rules.extendedKeyUsage,
    commonName,
    names: commonName === 'host-name' ? 'dNSName' : 'none',
    subject: {
      country,
      organisation: organisation.name,
      units: [organisation.code, ...(unit === undefined ? [] : [unit])],
      isLine,
    },
    applicant: { attribute: APPLICANT_THUMBPRINT_OID, allowed: false },
  }
}

/** What the certificate will say, by the kit and what it grants of the request. @throws DeskError as the desk would refuse it */
export function grantedBy(file: RequestFile, rules: KitRules): GrantedRequest {
  const { granted, refused } = judgeWishes(file, rulesOfKit(rules))
  return granted ?? refuse(refused[0].code, refused[0].facts)
}

/** The same in the words by which an issued certificate is compared with what was asked for. */
export function askedElsewhere(granted: GrantedRequest, rules: KitRules): AskedNames {
  return {
    subject: formatName(buildName(subjectOf({ rules, ...granted })), 'rfc4514'),
    names: granted.names.map((name) => `dNSName ${name}`),
    purposes: rules.extendedKeyUsage,
    elsewhere: true,
  }
}

const LIMIT = 1024 * 1024
