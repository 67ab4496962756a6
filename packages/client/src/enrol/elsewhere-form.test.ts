import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Prompts } from '../ui/prompts.ts'
import { Voice } from '../ui/voice.ts'
import { type ElsewhereOptions, fillElsewhereForm } from './elsewhere-form.ts'

const voice = new Voice({ out: () => undefined, err: () => undefined }, 'en', false)
const NONE: ElsewhereOptions = { mac: [], networkCard: [] }

/** Somebody at a terminal who answers by the beginning of a question, and what they were asked. */
function person(answers: Readonly<Record<string, string>>): { prompts: Prompts; asked: string[] } {
  const asked: string[] = []
  const nobody = (): never => assert.fail('nobody asks that')
  return {
    asked,
    prompts: {
      line: async (question, check) => {
        asked.push(question)
        const answer = Object.entries(answers).find(([begin]) => question.startsWith(begin))?.[1] ?? ''
        assert.equal(check(answer), undefined, question)
        return answer
      },
      ...{ secret: nobody, choice: nobody, yes: nobody },
    },
  }
}

test('at a terminal only what the request does not say, and no option said, is asked', async () => {
  const { prompts, asked } = person({ 'e-mail': 'ana@example.org', 'MAC address': '00-11-22-AA-BB-CC' })
  const given = { ...NONE, os: 'Debian', networkCard: ['0011.22aa.bbcd'] }
  const form = await fillElsewhereForm('www.example.org', given, voice, prompts)
  assert.deepEqual(form, {
    contact: { email: 'ana@example.org' },
    machine: {
      hostName: 'www.example.org',
      macAddresses: ['00:11:22:aa:bb:cd', '00:11:22:aa:bb:cc'],
      ...{ processor: '', processorId: '', operatingSystem: 'Debian', operatingSystemVersion: '', architecture: '' },
    },
  })
  assert.deepEqual(
    asked.map((question) => question.split(' (')[0]),
    [
      'MAC address of the server',
      'identifier of its processor',
      'version of the operating system',
      'architecture, such as x86_64',
      'e-mail address at which you can be reached',
      'telephone',
      'description that helps the manager to recognise this request',
    ],
  )
})

test('where the request gives no host name, it is asked for; in a script nothing is', async () => {
  const { prompts, asked } = person({ 'full host name': 'Web01.example.org', 'e-mail': 'ana@example.org' })
  const form = await fillElsewhereForm(undefined, NONE, voice, prompts)
  assert.deepEqual([form.machine.hostName, form.machine.macAddresses], ['web01.example.org', []])
  assert.match(asked[0] ?? '', /^full host name/)
  const script = await fillElsewhereForm(undefined, { ...NONE, email: 'a@b.fr' }, voice, undefined)
  assert.equal(script.machine.hostName, '')
  await assert.rejects(fillElsewhereForm(undefined, NONE, voice, undefined), { code: 'option_missing' })
})

test('addresses are taken as systems show them, and nothing that only looks like one', async () => {
  const fill = (...mac: string[]) => fillElsewhereForm('a.b', { ...NONE, mac, email: 'a@b.fr' }, voice, undefined)
  const same = ['00:11:22:aa:bb:cc', '00-11-22-AA-BB-CC', '0011.22AA.BBCC', ' 00:11:22:AA:bb:cc ']
  assert.deepEqual((await fill(...same)).machine.macAddresses, ['00:11:22:aa:bb:cc'])
  for (const wrong of ['', '00:11:22:aa:bb', '00:11:22:aa:bb:cc:dd', '001122aabbcc', 'gg:11:22:aa:bb:cc', '::1']) {
    await assert.rejects(fill(wrong), { code: 'option_value_wrong' }, wrong)
  }
})
