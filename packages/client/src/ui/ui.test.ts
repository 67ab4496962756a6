import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CliError, DeskRefusal } from './cli-error.ts'
import { clipboardTools } from './clipboard.ts'
import { chooseLanguage, formatSpan, languageOption } from './language.ts'
import { plain } from './plain.ts'
import { pairs, table, widthOf } from './table.ts'
import { inVoice, Voice } from './voice.ts'

test('escape sequences and direction overrides of others are shown, not obeyed', () => {
  assert.equal(plain('a\u001b[2Jb\u202ec\u0007'), 'a\\u{1b}[2Jb\\u{202e}c\\u{7}')
  for (const code of [0x61c, 0x9b, 0x200e, 0x2028, 0x2066, 0x206a, 0x206f]) {
    assert.equal(plain(String.fromCodePoint(code)), `\\u{${code.toString(16)}}`)
  }
})

test('with --json escape sequences and direction overrides of others reach no terminal, and are the same once parsed', () => {
  const letters = [
    '\u0085',
    '\u009b31m',
    '\u007f',
    '\u061c',
    '\u202egro',
    '\u2029',
    '\u2066',
    '\u206a',
    '\u206f',
    '\ufeff',
  ]
  const document = { name: letters.join('a'), '\u009b2J': [letters], kept: 'é’\u00a0\u202f郵😀\n\\u009b' }
  let out = ''
  const voice = new Voice(
    {
      out: (text) => {
        out += text
      },
      err: () => undefined,
    },
    'en',
    true,
  )
  voice.result(document, () => [])
  assert.deepEqual(JSON.parse(out), document)
  assert.ok(!/[^\P{Cc}\n]|\p{Bidi_Control}|[\u2028\u2029\u206a-\u206f]/u.test(out), JSON.stringify(out))
  assert.ok(out.includes('é’\u00a0\u202f郵😀\\n\\\\u009b'))
  out = ''
  voice.failure(new CliError('file_missing', { file: 'a\u009b\u202e' }))
  assert.equal(JSON.parse(out).error.facts.file, 'a\u009b\u202e')
  assert.ok(!/[\u009b\u202e]/.test(out))
})

test('what is told apart without ICU is as wide as its characters are many', () => {
  const segments = new Intl.Segmenter()
  const wide = (text: string): number => [...segments.segment(text)].length
  for (let code = 0x20; code < 0x2100; code += 1) {
    const text = `a${String.fromCodePoint(code)}b`
    assert.equal(widthOf(text), wide(text) + (/[\u1100-\u115f]/.test(text) ? 1 : 0), code.toString(16))
  }
})

test('a table that is too wide becomes blocks, so that nothing is cut', () => {
  const rows = [
    ['1', 'ws-aaaaaaaaaa'],
    ['20', 'ws-bbbbbbbbbb'],
  ]
  assert.deepEqual(table(['no', 'name'], rows, 40), ['no  name', '1   ws-aaaaaaaaaa', '20  ws-bbbbbbbbbb'])
  assert.deepEqual(table(['no', 'name'], rows, 10), [
    ...['no    1', 'name  ws-aaaaaaaaaa', '', 'no    20', 'name  ws-bbbbbbbbbb'],
  ])
})

test('widths are what people see', () => {
  assert.deepEqual([widthOf('é'), widthOf('e\u0301'), widthOf('郵便'), widthOf('')], [1, 1, 4, 0])
  assert.deepEqual(
    pairs([
      ['é', 'x'],
      ['nom', 'y'],
    ]),
    ['é    x', 'nom  y'],
  )
})

test('the language is the option’s, then the environment’s in POSIX order, then the system’s', () => {
  assert.equal(languageOption(['get', '--lang', 'fr']), 'fr')
  assert.equal(languageOption(['--lang=en', 'get']), 'en')
  assert.equal(languageOption(['get', '--', '--lang=fr']), undefined)
  assert.equal(chooseLanguage('fr', { LANG: 'en_GB' }, 'en'), 'fr')
  assert.equal(chooseLanguage(undefined, { LC_ALL: 'fr_CA.UTF-8', LANG: 'en_GB' }, 'en'), 'fr')
  assert.equal(chooseLanguage(undefined, { LC_ALL: '', LANG: 'de_DE' }, 'fr-FR'), 'en')
  assert.equal(chooseLanguage(undefined, {}, 'fr-FR'), 'fr')
})

test('a span is said in its largest unit', () => {
  assert.deepEqual(
    [3 * 3_600_000, -7 * 60_000, 2 * 86_400_000, 400].map((ms) => formatSpan(ms, 'fr')),
    [...['3\u00a0h', '7\u00a0min', '2\u00a0j', '0\u00a0s']],
  )
})

test('sentences of the desk lose the capital that only begins and the stop that only ends', () => {
  assert.equal(inVoice('The kit was withdrawn.'), 'the kit was withdrawn')
  assert.equal(inVoice('RSA keys need 2048 bits.'), 'RSA keys need 2048 bits')
  assert.equal(inVoice('À voir…'), 'à voir…')
  assert.equal(inVoice('P-256 is allowed'), 'P-256 is allowed')
})

function listen(json: boolean): { voice: Voice; out: () => string; err: () => string } {
  let [out, err] = ['', '']
  const outside = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  }
  return { voice: new Voice(outside, 'en', json), out: () => out, err: () => err }
}

test('an error says what is wrong and one thing to do, and with --json it is a document too', () => {
  const { voice, out, err } = listen(true)
  assert.equal(voice.failure(new CliError('name_not_found', { host: 'desk\u001b' })), 4)
  assert.equal(
    err(),
    'scel: error: the name desk\\u{1b} is not known to the network\nscel: hint: check the name and the connection\n',
  )
  assert.equal(JSON.parse(out()).error.code, 'name_not_found')
})

test('a refusal of the desk is said in the desk’s words', () => {
  const { voice, out, err } = listen(false)
  const problem = {
    ...{ type: '/errors/kit_expired', code: 'kit_expired', status: 410, title: 'kit expired', facts: {} },
    ...{ detail: 'This kit expired.', hint: 'Ask for a new one.' },
  }
  assert.equal(voice.failure(new DeskRefusal(problem)), 1)
  assert.equal(err(), 'scel: error: this kit expired\nscel: hint: ask for a new one\n')
  assert.equal(out(), '')
})

test('each desktop has its clipboard', () => {
  const programs = (platform: NodeJS.Platform, env: Record<string, string>): string[] =>
    clipboardTools(platform, env).map(({ program }) => program)
  assert.deepEqual(programs('linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }), ['wl-copy', 'xclip', 'xsel'])
  assert.deepEqual(programs('linux', {}), [])
  assert.deepEqual(programs('darwin', {}), ['pbcopy'])
  assert.deepEqual(programs('win32', {}), ['clip.exe'])
})
