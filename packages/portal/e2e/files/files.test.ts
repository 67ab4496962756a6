import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { verifyContent } from '@scel/pki/cms'
import { buildTimeStampResponse, imprintOf, parseTimeStampRequest } from '@scel/pki/tsp'
import { chromiumPath, isThere } from '@scel/testkit/peers'
import { type Office, openOffice, PASSPHRASE, type Person } from '@scel/testkit/scenes'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { administrator, desk as described, newcomer } from '../answers.ts'
import { launch } from '../browser.ts'
import { furnish } from '../furnish.ts'
import { makeMachine } from '../journey/machine.ts'
import { type MockDesk, startMockDesk } from '../mock-desk.ts'
import { furnishFiles, stampReply } from './furnish-files.ts'
import { signedThen, tokenOf } from './stamped.ts'

// Files sealed, opened, signed and judged in a real Chromium; openssl cms reads what comes out and writes what goes in.

const EXECUTABLE = chromiumPath()
const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: sealing in the portal was NOT tried'
  : !existsSync(new URL('../../dist/index.html', import.meta.url))
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): sealing in it was NOT tried'
    : !isThere('openssl')
      ? 'NO OPENSSL ON THIS MACHINE: sealing in the portal was NOT judged'
      : false

describe('files in the portal', { skip }, () => {
  let office: Office
  let ada: Person
  let ben: Person
  let former: Person
  let browser: Browser
  let folder: string
  let desk: MockDesk
  let context: BrowserContext
  let page: Page
  let sent: Buffer[]

  before(async () => {
    office = await openOffice()
    ada = await office.person('Ada Lovelace', 'rsa-2048')
    ben = await office.person('Ben Oak', 'ec-p256')
    former = await office.person('Former Colleague', 'rsa-2048')
    browser = await launch(EXECUTABLE!)
    folder = await mkdtemp(join(tmpdir(), 'scel-files-'))
    for (const person of [ada, ben, former]) {
      await writeFile(at(`${word(person)}.pem`), person.certificate)
      await writeFile(at(`${word(person)}.key`), person.key)
      await writeFile(at(`${word(person)}.p12`), person.p12)
    }
    await writeFile(at('chain.pem'), office.issuing.pem)
    await writeFile(at('root.pem'), office.root.pem)
  })
  after(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    desk = await startMockDesk()
    furnish(desk)
    await furnishFiles(desk, office, [ada, ben, former])
    context = await browser.newContext({
      locale: 'en',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 900 },
    })
    page = await context.newPage()
    sent = []
    page.on('request', (request) => sent.push(Buffer.from(request.url()), request.postDataBuffer() ?? Buffer.alloc(0)))
    await page.goto(`${desk.origin}/files`)
    await page.getByRole('heading', { name: 'Seal / open / sign / verify' }).waitFor()
  })
  afterEach(async () => {
    await context.close()
    await desk.stop()
  })

  const at = (name: string): string => join(folder, name)
  const word = ({ name }: Person): string => name.split(' ')[0]!.toLowerCase()
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })

  async function choose(...files: readonly string[]): Promise<void> {
    await page.locator('input[type=file][aria-label="Choose files"]').setInputFiles(files)
  }
  async function unlock(person: Person): Promise<void> {
    await page.locator('fieldset input[type=file]').setInputFiles(at(`${word(person)}.p12`))
    await page.getByLabel(`Passphrase of ${word(person)}.p12`).fill(PASSPHRASE)
    await button('Unlock').click()
    await page.getByText('Unlocked').waitFor()
  }
  async function recipient(search: string, name: string): Promise<void> {
    await page.getByLabel('Search the directory').fill(search)
    await button(`Add ${name}`).click()
    await button(`Take ${name} off the recipients`).waitFor()
  }
  async function save(name: string): Promise<string> {
    const download = page.waitForEvent('download')
    await button(`Save ${name}`).click()
    const path = at(`saved-${name}`)
    await (await download).saveAs(path)
    return path
  }
  function openssl(...args: readonly string[]): { ok: boolean; text: string; out: Buffer } {
    const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
    return { ok: status === 0, text: String(stderr), out: stdout }
  }
  async function plain(name: string, size: number): Promise<{ path: string; content: Buffer }> {
    const content = Buffer.alloc(size, `${name}: a line nobody else may read\n`)
    await writeFile(at(name), content)
    return { path: at(name), content }
  }
  const verdict = (name: string): Locator => page.getByRole('listitem').filter({ hasText: new RegExp(`^${name}`) })

  test('seals for people of the directory and for a certificate file, and each of them opens it with openssl', async () => {
    const { path, content } = await plain('report.txt', 3_000_001)
    await choose(path)
    await recipient('lovelace', ada.name)
    await page.locator('input[type=file][aria-label="Add a certificate file"]').setInputFiles(at('ben.pem'))
    await button(`Take ${ben.name} off the recipients`).waitFor()
    await button('Seal').click()
    await page.getByText('Only the recipients can open this file.').waitFor()
    const sealed = await save('report.txt.p7m')
    for (const person of [ada, ben]) {
      const key = ['-recip', `${word(person)}.pem`, '-inkey', `${word(person)}.key`]
      const { ok, out, text } = openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', sealed, ...key)
      assert.ok(ok, text)
      assert.ok(out.equals(content), `${person.name} reads what was sealed`)
    }
    assert.equal((await readFile(sealed)).indexOf('a line nobody else may read'), -1)
  })

  test('seals for all computers of a person of the directory but one whose certificate is revoked, and openssl opens it with the key of each', async () => {
    const laptop = await office.person(ada.name, 'ec-p256')
    await writeFile(at('laptop.pem'), laptop.certificate)
    await writeFile(at('laptop.key'), laptop.key)
    const lost = { ...former, name: ada.name, email: ada.email }
    await furnishFiles(desk, office, [ada, laptop, lost, ben])
    const { path, content } = await plain('computers.txt', 100_000)
    await choose(path)
    await recipient('lovelace', ada.name)
    await page.getByText(`${ada.email} · 3 certificates`).waitFor()
    assert.equal(await page.getByRole('button', { name: /off the recipients$/ }).count(), 1)
    await button('Seal').click()
    await page.getByText('Only the recipients can open this file.').waitFor()
    const sealed = await save('computers.txt.p7m')
    for (const [name, opens] of [
      ['ada', true],
      ['laptop', true],
      ['former', false],
    ] as const) {
      const key = ['-recip', `${name}.pem`, '-inkey', `${name}.key`]
      const { ok, out, text } = openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', sealed, ...key)
      assert.equal(ok && out.equals(content), opens, `${name}: ${text}`)
    }
  })

  test('who seals can open it too, on each of their own computers', async () => {
    const computers = await Promise.all(
      (['rsa-2048', 'ec-p256'] as const).map((spec) => office.person(administrator.name, spec)),
    )
    await furnishFiles(desk, office, [ben, ...computers])
    await page.reload()
    const { path, content } = await plain('own.txt', 10_000)
    await choose(path)
    await page.getByText(`Seals for your own 2 certificates as well: ${administrator.name}.`).waitFor()
    await button('Seal').click()
    await page.getByText('Only the recipients can open this file.').waitFor()
    const sealed = await save('own.txt.p7m')
    for (const [place, { certificate, key }] of computers.entries()) {
      await writeFile(at(`own${place}.pem`), certificate + key)
      const own = ['-recip', `own${place}.pem`, '-inkey', `own${place}.pem`]
      const { ok, out, text } = openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', sealed, ...own)
      assert.ok(ok && out.equals(content), text)
    }
  })

  test('whoever has no grant seals for themselves, opens, signs and verifies, and is offered no search that finds nobody', async () => {
    const me = await office.person(newcomer.person.name, 'rsa-2048')
    await writeFile(at(`${word(me)}.p12`), me.p12)
    desk.answer('me', () => newcomer)
    await furnishFiles(desk, office, [me], me.name)
    await page.reload()
    await page.getByRole('navigation').getByRole('link', { name: 'Seal and sign' }).waitFor()
    assert.equal(await page.getByRole('navigation').getByRole('link', { name: 'Authorities' }).count(), 0)
    const { path, content } = await plain('mine.txt', 10_000)
    await choose(path)
    assert.equal(await page.getByLabel('Search the directory').count(), 0)
    assert.ok(await page.getByLabel('I can open it too').isChecked())
    await button('Seal').click()
    await page.getByText('Only the recipients can open this file.').waitFor()
    const sealed = await save('mine.txt.p7m')
    await page.reload()
    await choose(sealed)
    await unlock(me)
    await button('Open').click()
    assert.ok((await readFile(await save('saved-mine.txt'))).equals(content))
    await page.reload()
    await choose(path)
    await page.getByRole('tab', { name: 'Sign' }).click()
    await unlock(me)
    await button('Sign').click()
    const signature = await save('mine.txt.p7s')
    await page.reload()
    await choose(signature, path)
    await button('Verify').click()
    await verdict(me.name).waitFor()
    assert.equal(await page.getByRole('alert').filter({ hasText: /./ }).count(), 0)
  })

  test('opens what openssl sealed, for RSA-OAEP and for an elliptic curve, with the key of a .p12', async () => {
    const { path, content } = await plain('letter.txt', 200_000)
    for (const person of [ada, ben]) {
      const sealed = at(`letter-${word(person)}.txt.p7m`)
      const made = openssl(
        ...['cms', '-encrypt', '-binary', '-stream', '-aes-256-gcm', '-outform', 'DER'],
        ...['-in', path, '-out', sealed, '-recip', at(`${word(person)}.pem`)],
        ...(person === ada ? OAEP : []),
      )
      assert.ok(made.ok, made.text)
      await page.reload()
      await choose(sealed)
      await page.getByText('Sealed for 1 recipient, with AES-256-GCM.').waitFor()
      await unlock(person)
      await button('Open').click()
      await page.getByText('The content is whole').waitFor()
      assert.ok((await readFile(await save(`letter-${word(person)}.txt`))).equals(content))
    }
  })

  test('hands nothing out of a sealed file that was altered, cut, or sealed for somebody else', async () => {
    const { path } = await plain('secret.txt', 150_000)
    const sealed = at('secret.txt.p7m')
    const seal = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-in', path, '-recip', at('ada.pem')]
    openssl(...seal, '-out', sealed, ...OAEP)
    openssl(...seal, '-out', at('old.p7m'))
    const bytes = await readFile(sealed)
    const altered = Buffer.from(bytes)
    altered[altered.length - 60_000]! ^= 1
    await writeFile(at('altered.p7m'), altered)
    await writeFile(at('cut.p7m'), bytes.subarray(0, -70_000))
    for (const [file, person, says] of [
      ['altered.p7m', ada, /could not be decrypted/],
      ['cut.p7m', ada, /cannot be read|not well-formed/],
      ['secret.txt.p7m', ben, /sealed for others/],
      ['old.p7m', ada, /old method, RSA PKCS #1 v1\.5/],
    ] as const) {
      await page.reload()
      await choose(at(file))
      await unlock(person)
      await button('Open').click()
      await page.getByRole('alert').getByText(says).waitFor()
      assert.equal(await page.getByRole('button', { name: /^Save/ }).count(), 0, file)
      assert.deepEqual(await ownFolder(page), [], `${file} leaves nothing`)
    }
  })

  test('signs apart from the content and with it, and openssl verifies both', async () => {
    const { path, content } = await plain('contract.txt', 1_500_000)
    await page.getByRole('tab', { name: 'Sign' }).click()
    await choose(path)
    await unlock(ben)
    await button('Sign').click()
    await page.getByText('Whoever gets it can check').waitFor()
    const trust = ['-CAfile', 'root.pem', '-purpose', 'any', '-binary', '-inform', 'DER']
    const apart = openssl('cms', '-verify', ...trust, '-in', await save('contract.txt.p7s'), '-content', path)
    assert.ok(apart.ok, apart.text)

    await page.getByLabel('In one file with the content').check()
    await button('Sign').click()
    await page.getByText('Whoever gets it can check').waitFor()
    const together = openssl('cms', '-verify', ...trust, '-in', await save('contract.txt.p7m'))
    assert.ok(together.ok, together.text)
    assert.ok(together.out.equals(content))
  })

  test('seals what it signed, and finds the signature again behind the seal', async () => {
    const { path, content } = await plain('offer.txt', 90_000)
    await page.getByRole('tab', { name: 'Sign' }).click()
    await choose(path)
    await unlock(ada)
    await page.getByLabel('In one file with the content').check()
    await button('Sign').click()
    await button('Seal it too').click()
    await recipient('ada', ada.name)
    await button('Seal').click()
    const sealed = await save('offer.txt.p7m.p7m')
    await page.reload()
    await choose(sealed)
    await unlock(ada)
    await button('Open').click()
    await button('Go on with it').click()
    await button('Verify').click()
    await page.getByText('The signature holds').waitFor()
    assert.ok((await readFile(await save('saved-offer.txt'))).equals(content))
  })

  test('judges signatures of openssl by four verdicts, and hands out the content only when all hold', async () => {
    const { path, content } = await plain('notice.txt', 120_000)
    const signer = (person: Person) => ['-signer', at(`${word(person)}.pem`), '-inkey', at(`${word(person)}.key`)]
    const form = ['-binary', '-outform', 'DER', '-certfile', at('chain.pem')]
    const make = (out: string, person: Person, ...more: string[]) => {
      const { ok, text } = openssl('cms', '-sign', ...form, ...more, '-in', path, '-out', at(out), ...signer(person))
      assert.ok(ok, text)
    }
    make('notice.txt.p7m', ada, '-nodetach')
    make('notice.txt.p7s', ada)
    make('former.p7m', former, '-nodetach')

    await choose(at('notice.txt.p7m'))
    await page.getByLabel('Who should have signed').fill(ada.email)
    await button('Verify').click()
    await page.getByText('The signature holds').waitFor()
    for (const name of ['Integrity', 'Chain', 'Identity', 'Revocation'])
      await verdict(name).getByText('Holds').waitFor()
    await page.getByRole('list', { name: 'Chain of certificates' }).getByText('Pictures Root').waitFor()
    assert.ok((await readFile(await save('notice.txt'))).equals(content))

    await page.getByLabel('Who should have signed').fill(ben.email)
    await button('Verify').click()
    await verdict('Identity').getByText('Does not hold').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Save/ }).count(), 0)
    assert.deepEqual((await ownFolder(page)).length, 1, 'only what was shown before is kept')

    await page.reload()
    await choose(at('notice.txt.p7s'))
    await button('Verify').click()
    await page.getByText('The signature notice.txt.p7s stands alone.').waitFor()
    await choose(path)
    await button('Verify').click()
    await page.getByText('The signature holds').waitFor()
    await verdict('Identity').getByText('Not asked').waitFor()

    await writeFile(at('notice.txt'), Buffer.concat([content, Buffer.from('!')]))
    await page.reload()
    await choose(at('notice.txt.p7s'), at('notice.txt'))
    await button('Verify').click()
    await verdict('Integrity').getByText('The content is not what was signed.').waitFor()

    await page.reload()
    await choose(at('former.p7m'))
    await button('Verify').click()
    await page.getByText('Do not trust this file').waitFor()
    await verdict('Revocation').getByText('was revoked on').waitFor()
    await page.getByLabel('Check that certificates were not revoked').uncheck()
    await button('Verify').click()
    await page.getByText('revocation was not asked').waitFor()
  })

  test('whom the desk does not know is believed by the root that a person brings, and the page says whose word it is', async () => {
    const stranger = await openOffice('Strange')
    const sam = await stranger.person('Sam Stranger', 'ec-p256')
    await writeFile(at('strange-root.pem'), stranger.root.pem)
    await writeFile(at('bid.p7m'), await signedThen(Buffer.from('a bid'), sam, { office: stranger, at: new Date() }))
    const imprint = await imprintOf(await readFile((await plain('bid.txt', 10)).path))
    await writeFile(at('bid.txt.tst'), await tokenOf(stranger, { imprint }))
    await choose(at('bid.p7m'))
    await page.getByLabel('Who should have signed').fill(sam.email)
    await page.getByLabel('Check that certificates were not revoked').uncheck()
    await button('Verify').click()
    await verdict('Chain').getByText('Does not hold').waitFor()
    const other = page.locator('input[type=file][aria-label="Trust another authority"]')
    for (const again of [1, 2]) {
      await other.setInputFiles(at('strange-root.pem'))
      await page.getByText('And for this time: Strange Root', { exact: true }).waitFor()
      await button('Verify').click()
      await verdict('Chain').getByText('Strange Root, which you trust for this visit, vouches').waitFor()
      assert.ok(again)
    }
    await verdict('Identity').getByText('Holds').waitFor()

    await button('Take bid.p7m off the list').click()
    await choose(at('bid.txt.tst'), at('bid.txt'))
    await button('Verify').click()
    await page.getByText('vouches for the service; this desk does not.').waitFor()
  })

  test('a file whose name is turned round is shown as it stands', async () => {
    await choose((await plain('facture\u202efdp.exe', 10)).path)
    const [shown, hidden] = ['facture\\u{202e}fdp.exe', 'facture\u202efdp.exe']
    await page.getByText(shown, { exact: true }).waitFor()
    await button(`Take ${shown} off the list`).waitFor()
    assert.equal(await page.getByText(hidden).count(), 0)
    await button(`Take ${shown} off the list`).click()
  })

  test('makes several files one zip before it is sealed', async () => {
    const one = await plain('one.txt', 70_000)
    const two = await plain('two.txt', 5)
    await choose(one.path, two.path)
    await page.getByText('in one zip file: files.zip').waitFor()
    await recipient('ada', ada.name)
    await button('Seal').click()
    const sealed = await save('files.zip.p7m')
    const key = ['-recip', 'ada.pem', '-inkey', 'ada.key']
    const { ok, out, text } = openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', sealed, ...key)
    assert.ok(ok, text)
    await writeFile(at('files.zip'), out)
    assert.deepEqual(unzipped(at('files.zip')), ['one.txt 70000', 'two.txt 5'])
  })

  test('a folder sealed here is a folder again with scel open, and one that scel seal made is opened here', async (t) => {
    const machine = await makeMachine()
    t.after(() => machine.close())
    const key = ['--key', at('ada.key'), '--certificate', at('ada.pem')]
    for (const folder of ['Offer', 'Alone']) {
      await mkdir(at(`${folder}/annex`), { recursive: true })
      await writeFile(at(`${folder}/annex/${folder}.txt`), `${folder}: a line nobody else may read`)
    }
    await writeFile(at('Offer/letter.txt'), 'Dear all')
    for (const folder of ['Offer', 'Alone']) {
      await page.reload()
      await page.locator('input[type=file][webkitdirectory]').setInputFiles(at(folder))
      await page.getByText(`in one zip file: ${folder}.zip`).waitFor()
      await recipient('ada', ada.name)
      await button('Seal').click()
      const sealed = await save(`${folder}.zip.p7m`)
      const { code, err } = await machine.scel('open', sealed, '-o', `${at(`${folder}-out`)}/`, ...key)
      assert.equal(code, 0, err)
      const inside = `${folder}-out/saved-${folder}/${folder}/annex/${folder}.txt` // in a folder named after the file
      assert.equal(await readFile(at(inside), 'utf8'), `${folder}: a line nobody else may read`)
    }

    const sealed = at('Offer.zip.p7m')
    const made = await machine.scel('seal', at('Offer'), '--to', at('ada.pem'), '-o', sealed)
    assert.equal(made.code, 0, made.err)
    await page.reload()
    await choose(sealed)
    await unlock(ada)
    await button('Open').click()
    await page.getByText('It is a zip file with 2 files that were sealed together').waitFor()
    const zip = await save('Offer.zip')
    const files = unzipped(zip).filter((line) => !line.endsWith('/ 0'))
    assert.deepEqual(files.sort(), ['Offer/annex/Offer.txt 34', 'Offer/letter.txt 8'])
  })

  test('reads what openssl writes as PEM, as a mail and as its base64 alone, and seals such a file as it is', async () => {
    const { path, content } = await plain('wrapped.txt', 90_000)
    const seal = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-in', path, '-recip', at('ben.pem')]
    const [pem, mail] = [at('wrapped.txt.pem'), at('wrapped.txt.eml')]
    assert.ok(openssl(...seal, '-outform', 'PEM', '-out', pem).ok)
    assert.ok(openssl(...seal, '-outform', 'SMIME', '-out', mail).ok)
    const [, body = ''] = (await readFile(mail, 'utf8')).split(/\r?\n\r?\n/, 2)
    await writeFile(at('smime.p7m'), body)
    for (const [file, name] of [
      [pem, 'wrapped.txt.pem.content'],
      [mail, 'wrapped.txt.eml.content'],
      [at('smime.p7m'), 'smime'],
    ] as const) {
      await page.reload()
      await choose(file)
      await page.getByText('Sealed for 1 recipient, with AES-256-GCM.').waitFor()
      await unlock(ben)
      await button('Open').click()
      await page.getByText('The content is whole').waitFor()
      assert.ok((await readFile(await save(name))).equals(content), name)
    }

    const signer = ['-signer', at('ada.pem'), '-inkey', at('ada.key'), '-certfile', at('chain.pem')]
    assert.ok(
      openssl('cms', '-sign', '-binary', '-in', path, '-out', at('signed.pem'), '-outform', 'PEM', ...signer).ok,
    )
    await page.reload()
    await choose(at('signed.pem'), path)
    await button('Verify').click()
    await page.getByText('The signature holds').waitFor()

    await page.getByRole('tab', { name: 'Seal' }).click()
    await button('Take wrapped.txt off the list').click()
    await recipient('ada', ada.name)
    await button('Seal').click()
    const again = await save('signed.pem.p7m')
    const key = ['-recip', 'ada.pem', '-inkey', 'ada.key']
    const { out } = openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', again, ...key)
    assert.ok(out.equals(await readFile(at('signed.pem'))), 'the text around it is sealed with it')
  })

  test('says of a cut PEM, of a lone time stamp and of a signed mail what they are', async () => {
    const { path } = await plain('note.txt', 2000)
    const seal = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-in', path, '-recip', at('ben.pem'), '-outform', 'PEM']
    const { out } = openssl(...seal)
    await writeFile(at('cut.pem'), out.subarray(0, 900))
    await choose(at('cut.pem'))
    await page.getByRole('tab', { name: 'Open' }).click()
    await page.getByRole('alert').getByText('pem_malformed').waitFor()

    await writeFile(at('note.tst'), await tokenOf(office, { imprint: await imprintOf(await readFile(path)) }))
    const signer = ['-signer', at('ada.pem'), '-inkey', at('ada.key')]
    assert.ok(openssl('cms', '-sign', '-in', path, '-out', at('signed.eml'), '-outform', 'SMIME', ...signer).ok)
    for (const [file, says] of [
      ['note.tst', 'note.tst is a time stamp by itself.'],
      ['signed.eml', 'signed.eml is a mail with its signature beside the text.'],
    ] as const) {
      await page.reload()
      await choose(at(file))
      await button('Verify').click()
      await page.getByText(says).waitFor()
    }
  })

  test('adds a time stamp of the desk that openssl ts accepts, and the digest alone is sent for it', async () => {
    const { path } = await plain('dated.txt', 70_000)
    const posted: Buffer[] = []
    desk.take('/tsp', async (request) => {
      posted.push(request)
      return stampReply(await office.stamp(request))
    })
    await page.getByRole('tab', { name: 'Sign' }).click()
    await choose(path)
    await unlock(ben)
    await page.getByLabel('Add a time stamp of the desk').check()
    await button('Sign').click()
    await page.getByText('Whoever gets it can check').waitFor()
    const detached = await save('dated.txt.p7s')
    await page.getByLabel('In one file with the content').check()
    await button('Sign').click()
    await page.getByText('Whoever gets it can check').waitFor()
    const attached = await save('dated.txt.p7m')
    assert.equal(posted.length, 2)
    for (const request of posted) {
      const { imprint, nonce, wantsCertificate } = parseTimeStampRequest(request)
      assert.deepEqual([imprint.digest, imprint.hash.length, wantsCertificate], ['SHA-256', 32, true])
      assert.ok(nonce !== undefined && request.length < 80, 'a digest and a nonce, nothing else')
    }

    const trust = ['-CAfile', 'root.pem', '-purpose', 'any', '-binary', '-inform', 'DER']
    const { ok, text } = openssl('cms', '-verify', ...trust, '-in', detached, '-content', path)
    assert.ok(ok, text)
    const { token, signature } = await stampIn(detached, path)
    await writeFile(at('token.der'), token)
    await writeFile(at('signature.bin'), signature)
    const judged = openssl(
      ...['ts', '-verify', '-token_in', '-in', 'token.der', '-data', 'signature.bin'],
      ...['-CAfile', 'root.pem', '-untrusted', 'chain.pem'],
    )
    assert.ok(judged.ok, judged.text)

    for (const files of [[detached, path], [attached]]) {
      await page.reload()
      await choose(...files)
      await button('Verify').click()
      await page.getByText('The signature holds').waitFor()
      await verdict('Time stamp').getByText('Pictures Time Stamps saw the signature on').waitFor()
      await verdict('Time stamp').getByText('Holds').waitFor()
    }
  })

  test('a signature outlives its certificate by a time stamp that holds, and not by one that does not', async () => {
    const expired = await office.person('Expired Signer', 'ec-p256', -2)
    const earlier = new Date(Date.now() - 10 * 86_400_000)
    const content = Buffer.from('an offer of that day')
    const strangers = await openOffice('Strange')
    for (const [name, by] of [
      ['none', undefined],
      ['own', office],
      ['strange', strangers],
    ] as const) {
      const when = { office, at: earlier, ...(by ? { stampedBy: by } : {}) }
      await writeFile(at(`expired-${name}.p7m`), await signedThen(content, expired, when))
      await page.reload()
      await choose(at(`expired-${name}.p7m`))
      await page.getByLabel('Check that certificates were not revoked').uncheck()
      await button('Verify').click()
      await verdict('Chain')
        .getByText(name === 'own' ? 'An authority of this desk vouches' : /expired/)
        .waitFor()
      assert.equal(await verdict('Time stamp').count(), name === 'none' ? 0 : 1)
    }
    await verdict('Time stamp').getByText('Does not hold').waitFor()
  })

  test('a time-stamp service that fails, refuses or answers wrongly: a sentence, and no file', async () => {
    const { path } = await plain('late.txt', 3000)
    await page.getByRole('tab', { name: 'Sign' }).click()
    await choose(path)
    await unlock(ada)
    await page.getByLabel('Add a time stamp of the desk').check()
    const other = await openOffice('Strange')
    const yesterday = new Date(Date.now() - 86_400_000)
    let replayed: Uint8Array
    const remembered = async (body: Buffer) => {
      replayed = await office.stamp(body, yesterday)
      return stampReply(replayed)
    }
    for (const [name, answer, says] of [
      ['503', async (body: Buffer) => ({ ...stampReply(await office.stamp(body)), status: 503 }), 'gave no time stamp'],
      ['a page', async () => ({ status: 200, type: 'text/html', bytes: Buffer.from('<p>') }), 'gave no time stamp'],
      ['a rejection', async () => stampReply(REJECTION), 'time_stamp_refused'],
      ['a stranger', async (body: Buffer) => stampReply(await other.stamp(body)), 'cannot be trusted'],
      ['a replay', remembered, undefined],
      ['the replay', async () => stampReply(replayed), 'cannot be trusted'],
    ] as const) {
      desk.take('/tsp', answer)
      await button('Sign').click()
      if (says === undefined) await page.getByText('Whoever gets it can check').waitFor()
      else await page.getByRole('alert').getByText(says).waitFor()
      assert.equal(await page.getByRole('button', { name: /^Save/ }).count(), says === undefined ? 1 : 0, name)
    }
    await context.route('**/tsp', (route) => route.abort())
    await button('Sign').click()
    await page.getByRole('alert').getByText('gave no time stamp').waitFor()
    assert.deepEqual((await ownFolder(page)).length, 1, 'only what was shown before is kept')
  })

  test('in the test environment its own service is asked, and only its own root is believed', async () => {
    const { path } = await plain('trial.txt', 3000)
    const trial = await openOffice('Trial')
    furnish(desk, 'test')
    const roots = described.roots.map((one) => ({
      ...one,
      pem: (one.environment === 'test' ? trial : office).root.pem,
    }))
    desk.answer('describeDesk', () => ({ ...described, roots }))
    await page.reload()
    await page.getByRole('tab', { name: 'Sign' }).click()
    await choose(path)
    await unlock(ada)
    await page.getByLabel('Add a time stamp of the desk').check()
    desk.take('/tsp/test', async (body) => stampReply(await office.stamp(body)))
    await button('Sign').click()
    await page.getByRole('alert').getByText('cannot be trusted').waitFor()
    desk.take('/tsp/test', async (body) => stampReply(await trial.stamp(body)))
    await button('Sign').click()
    await page.getByText('Whoever gets it can check').waitFor()
  })

  test('checks what the directory names: a revoked recipient is refused before anything is sealed', async () => {
    const { path } = await plain('plan.txt', 10)
    await choose(path)
    await recipient('former', former.name)
    await button('Seal').click()
    await page.getByRole('alert').getByText('was revoked on').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Save/ }).count(), 0)
  })

  test('of what a person brings, who cannot receive is refused as they are added, and the others are taken once', async () => {
    const signer = await office.person('Sign Only', 'ec-p256', 300, ['digitalSignature'])
    await writeFile(at('sign.pem'), signer.certificate)
    await writeFile(at('sign.p12'), signer.p12)
    await choose((await plain('brought.txt', 10)).path)
    const certificates = page.locator('input[type=file][aria-label="Add a certificate file"]')
    const taken = page.getByRole('button', { name: /off the recipients$/ })
    await certificates.setInputFiles([at('sign.pem'), at('ben.pem')])
    await button(`Take ${ben.name} off the recipients`).waitFor()
    const refusal = page.getByRole('alert').getByText(/^Nothing can be sealed for .*Sign Only/)
    await refusal.waitFor()
    await certificates.setInputFiles(at('ben.pem'))
    await refusal.waitFor({ state: 'detached' })
    assert.equal(await taken.count(), 1)

    await choose(at('sign.p12'))
    await page.getByLabel('Passphrase of sign.p12').fill(PASSPHRASE)
    await button('Unlock').click()
    await page.getByText('Unlocked').waitFor()
    assert.ok(await page.getByLabel('I can open it too').isDisabled(), 'a key that only signs opens nothing')
    await button('Seal').click()
    await page.getByText('Only the recipients can open this file.').waitFor()
  })

  test('says what is missing, refuses a wrong passphrase, and forgets the key when it is told to or left', async () => {
    await page.getByRole('tab', { name: 'Sign' }).click()
    await button('Sign').click()
    await page.getByText('Choose the files first.').waitFor()
    await page.locator('input[type=file][aria-label="Choose files"]').setInputFiles(at('ada.p12'))
    await page.getByLabel('Passphrase of ada.p12').fill('not this one')
    await button('Unlock').click()
    await page.getByRole('alert').getByText('passphrase_wrong').waitFor()
    await unlock(ada)
    await button('Forget the key').click()
    await page.getByText('Unlocked').waitFor({ state: 'detached' })
    await unlock(ada)
    await page.getByRole('link', { name: /^Requests/ }).click()
    await page.getByRole('heading', { name: 'Requests' }).waitFor()
    await page.getByRole('link', { name: 'Seal and sign' }).click()
    await page.getByRole('tab', { name: 'Sign' }).click()
    await page.getByText('Choose your key file').waitFor()
    assert.equal(await page.getByText('Unlocked').count(), 0)
  })

  test('can be stopped, and leaves nothing, nor does a tab that was killed before', async () => {
    await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory()
      const folder = await root.getDirectoryHandle('scel-files', { create: true })
      await folder.getFileHandle('of-a-killed-worker.0', { create: true })
    })
    const { path } = await plain('large.bin', 400_000_000)
    await choose(path)
    await recipient('ada', ada.name)
    await button('Seal').click()
    await page.getByRole('progressbar', { name: 'Working' }).waitFor()
    await button('Stop').click()
    await page.getByText('Stopped. Nothing is left of it.').waitFor()
    assert.deepEqual(await ownFolder(page), [])
    await rm(path)
  })

  test('sends nothing of it anywhere: no request carries content, key or passphrase', async () => {
    const { path } = await plain('private.txt', 50_000)
    await choose(path)
    await recipient('ada', ada.name)
    await button('Seal').click()
    const sealed = await save('private.txt.p7m')
    await page.getByRole('tab', { name: 'Sign' }).click()
    await unlock(ada)
    await button('Sign').click()
    await save('private.txt.p7s')
    await page.reload()
    await choose(sealed)
    await unlock(ada)
    await button('Open').click()
    await page.getByText('The content is whole').waitFor()
    const whole = Buffer.concat(sent)
    for (const secret of ['a line nobody else may read', PASSPHRASE, 'PRIVATE KEY', ada.p12.slice(100, 120)]) {
      assert.equal(whole.indexOf(secret as string), -1)
    }
    assert.ok(
      sent.every((part) => part.length < 2_000),
      'no request is long enough to hold a file',
    )
    assert.ok(String(whole).includes('/api/directory?search=ada'), 'requests of the page were looked at')
  })
})

/** What lies in the browser's own folder for the site. */
const ownFolder = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('scel-files').catch(() => undefined)
    const names: string[] = []
    if (folder) for await (const name of folder.keys()) names.push(name)
    return names
  })

/** The token that a signature carries, and the value that it is about. */
async function stampIn(signature: string, content: string): Promise<{ token: Uint8Array; signature: Uint8Array }> {
  const found: { token: Uint8Array; signature: Uint8Array }[] = []
  await verifyContent(createReadStream(signature), {
    ...{ content: createReadStream(content), anchors: [], at: new Date(), revocation: 'not-asked' },
    verifyStamp: async (token, signature) => {
      found.push({ token, signature })
      return { verdict: { ok: true } }
    },
  })
  return found[0]!
}

const REJECTION = buildTimeStampResponse({ status: 'rejection', failures: ['systemFailure'] })

const OAEP = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256']

/** What the peer finds in an archive that it calls sound: names and sizes. */
function unzipped(path: string): string[] {
  const run = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('unzip', [...args, path], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    return stdout
  }
  assert.match(run('-t'), /No errors detected/)
  return [...run('-l').matchAll(/^ *(\d+) +[-\d]+ [:\d]+ +(.+)$/gm)].map(([, size, name]) => `${name} ${size}`)
}
