import { domainToASCII } from 'node:url'
import { hasCode, isPkiError, type PkiError } from '@scel/pki/errors'
import { checkHostName } from '@scel/pki/path'
import type { Certificate } from '@scel/pki/x509'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from '../input/command.ts'
import type { Given } from '../input/given.ts'

export const HOST_OPTION: CommandOption = { name: 'host', help: 'verify_host', value: 'value_host' }

/** The host that a server is asked for, in A-labels. @throws options_exclude with a purpose that knows no hosts */
export function wantedHost(given: Given, purpose = 'tls-server'): string | undefined {
  const host = given.text(HOST_OPTION.name)
  if (host === undefined) return undefined
  if (!WITH_HOST.has(purpose)) stop('options_exclude', { one: '--host', other: `--purpose ${purpose}` })
  return /^[\u0000-\u007f]*$/.test(host) ? host : domainToASCII(host) || host
}

/** Why the certificate is not for the host; undefined when it is. @throws option_value_wrong when it is no host */
export function hostFault(leaf: Certificate, host: string): PkiError | undefined {
  try {
    checkHostName(leaf, host)
    return undefined
  } catch (error) {
    if (hasCode(error, 'name_malformed')) {
      return stop('option_value_wrong', { option: '--host', value: host, expected: 'www.example.org, 192.0.2.1' })
    }
    if (isPkiError(error)) return error
    throw error
  }
}

const WITH_HOST: ReadonlySet<string> = new Set(['tls-server', 'any'])
