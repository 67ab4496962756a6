import type { HandedOver } from '../../state/hand-over.ts'
import { plain } from '../../ui/plain.ts'
import type { Voice } from '../../ui/voice.ts'

/**
 * The lines by which servers take a certificate that was handed over, with the paths that it has here. nginx, Apache (2.4.8 and newer) and HAProxy take
 * the certificate with those above it in one file; HAProxy finds the key beside it (2.2 and newer).
 */
export function serverLines({ fullchain }: HandedOver, voice: Voice): string[] {
  const key = voice.text('hand_over_key')
  const file = quoted(fullchain)
  return [
    '',
    voice.plain('hand_over_lines', { key }),
    '  nginx',
    `    ssl_certificate     ${file};`,
    `    ssl_certificate_key ${key};`,
    '  Apache',
    `    SSLCertificateFile    ${file}`,
    `    SSLCertificateKeyFile ${key}`,
    '  HAProxy',
    `    bind :443 ssl crt ${file}`,
    `    ${voice.plain('hand_over_haproxy', { key, file: quoted(`${fullchain}.key`) })}`,
    '  Java (keytool)',
    `    keytool -importcert -noprompt -alias ALIAS -keystore KEYSTORE -file ${file}`,
    `    ${voice.text('hand_over_java')}`,
  ]
}

/** As all four take it. */
const quoted = (path: string): string => (/^[\p{L}\p{N}_./:-]+$/u.test(path) ? path : `"${plain(path)}"`)
