import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessBits, LEAST_BITS, strengthOf } from './guesses.ts'

test('what people choose first is weak, whatever kinds of letters are in it', () => {
  for (const weak of [
    ...[
      '',
      'a',
      'Password1234!',
      'P@ssw0rd2026!',
      'Motdepasse123!',
      'Azerty123456!',
      'qwertyuiop1234567890',
      'Bonjour2026!!',
    ],
    ...['aaaaaaaaaaaaaaaaaaaa', '123456789012345', 'abababababababab', 'Abc123Abc123Abc123', '14/07/1989', 'changeit'],
    ...[
      'Soleil-2024-Soleil',
      'iloveyouiloveyou',
      'correct horse',
      '!!!!!!!!!!!!!!!!',
      'ABCDEFGHIJKLMNOP',
      'Marseille13000',
    ],
  ]) {
    assert.ok(guessBits(weak) < LEAST_BITS, `${weak}: ${guessBits(weak).toFixed(1)}`)
  }
})

test('several unrelated words, or many random letters, are strong, whatever kinds of letters are in them', () => {
  for (const strong of [
    ...['lantern cobalt verify mango', 'tortue vinaigre escalier comète', 'x7!Qm2#vT9pLr4&w', 'kzqvtbhxwrnpfjdg'],
    '83019475620394857162',
  ]) {
    assert.ok(strengthOf(strong) >= 3, `${strong}: ${guessBits(strong).toFixed(1)}`)
  }
})

test('more is never weaker by much: a letter joins what is there, and costs the guesser nothing less', () => {
  const whole = 'Lantern7 cobalt-verify mango 1989 zz!'
  for (let end = 1; end < whole.length; end++) {
    assert.ok(guessBits(whole.slice(0, end + 1)) > guessBits(whole.slice(0, end)) - 6, whole.slice(0, end + 1))
  }
})

test('a passphrase as long as anybody likes is judged at once', () => {
  assert.equal(strengthOf('lantern cobalt verify mango '.repeat(10_000)), 4)
  assert.equal(strengthOf(`${'a'.repeat(1_000_000)}`), 0)
})
