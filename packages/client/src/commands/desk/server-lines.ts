import { serverLines as linesOf } from '@scel/files/servers'
import type { HandedOver } from '../../state/hand-over.ts'
import { plain } from '../../ui/plain.ts'
import type { Voice } from '../../ui/voice.ts'

/** The lines by which servers take a certificate that was handed over, with the paths that it has here. */
export function serverLines({ fullchain }: HandedOver, voice: Voice): string[] {
  const key = voice.text('hand_over_key')
  const file = quoted(fullchain)
  const lines = linesOf({ fullChain: file, key, alias: 'ALIAS', keystore: 'KEYSTORE' })
  const shown = (program: keyof typeof lines): string[] => lines[program].map((line) => `    ${line}`)
  return [
    '',
    voice.plain('hand_over_lines', { key }),
    '  nginx',
    ...shown('nginx'),
    '  Apache',
    ...shown('apache'),
    '  HAProxy',
    ...shown('haproxy'),
    `    ${voice.plain('hand_over_haproxy', { key, file: quoted(`${fullchain}.key`) })}`,
    '  Java (keytool)',
    ...shown('java'),
    `    ${voice.text('hand_over_java')}`,
  ]
}

/** As all four take it. */
const quoted = (path: string): string => (/^[\p{L}\p{N}_./:-]+$/u.test(path) ? path : `"${plain(path)}"`)
