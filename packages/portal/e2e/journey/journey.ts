import assert from 'node:assert/strict'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { NO_MARK, startDesk } from '@scel/server/testing'
import type { Page } from 'playwright-core'
import { chooseCertificatesFor, makeComputer } from './certificate-browser.ts'
import { command, makeMachine } from './machine.ts'
import { acceptInvitation, choose, PASSPHRASE } from './page-steps.ts'
import { installedCertificate, requestStates, revocationFiles } from './peers.ts'

/** The main job of Scel, from an empty desk to a refused certificate: real browser, real command, real peers. */
export async function journey(
  t: TestContext,
  chromium: string,
  name: string,
  database: 'sqlite' | string,
): Promise<void> {
  const output = fileURLToPath(new URL(`../../../../output/journey-${name}/`, import.meta.url))
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  let pictures = 0
  const picture = async (page: Page, what: string): Promise<void> => {
    const number = String(++pictures).padStart(2, '0')
    await page.screenshot({ path: join(output, `${number}-${what}.png`), fullPage: true })
  }

  const desk = await startDesk({ database })
  t.after(() => desk.stop())
  const takeBack = await chooseCertificatesFor(desk.services.mutual)
  t.after(takeBack)
  const [administrator, manager] = [await makeComputer(chromium), await makeComputer(chromium)]
  t.after(() => administrator.close())
  t.after(() => manager.close())
  const root = join(administrator.home, 'root.pem')
  await writeFile(root, desk.root)
  const kits = { workstation: join(output, 'workstation.scel-kit'), server: join(output, 'server.scel-kit') }
  let link = ''

  // Whoever runs the desk trusts it in their browser, as the start page says.
  for (const computer of [administrator, manager]) {
    const account = await makeMachine(computer.home)
    const trusted = await account.scel('trust', '--root', root, '--fingerprint', desk.fingerprint, '--yes')
    assert.equal(trusted.code, 0, trusted.err)
  }

  const { context } = await administrator.open('en-GB')
  const desktop = await context.newPage()

  await t.test('the administrator opens the one-time link, makes his certificate, and is in', async () => {
    const file = await acceptInvitation(desktop, desk.inviteLink, administrator, 'administrator.p12', picture)
    assert.ok(file)
    await desktop.getByRole('link', { name: 'Requests', exact: true }).waitFor()
    assert.equal(new URL(desktop.url()).hash, '')
    await picture(desktop, 'empty-requests')
  })

  await t.test('a link that was used is refused in words', async () => {
    const page = await (await administrator.open('en-GB')).context.newPage()
    await page.goto(desk.inviteLink)
    await page.getByText('already used').first().waitFor()
    await picture(page, 'link-used')
    await page.close()
  })

  await t.test('the administrator makes an organisation, its manager and two kits', async () => {
    await desktop.goto(`${desk.services.portal}/organisations/new`)
    await desktop.getByLabel('Code').fill('J1CFRA')
    await desktop.getByRole('textbox', { name: 'Name', exact: true }).fill('France-LA POSTE')
    await desktop.getByLabel('Country').fill('FR')
    await desktop.getByLabel('SIREN').fill('356000000')
    await desktop.getByLabel('Names for servers').fill('laposte.example')
    await picture(desktop, 'organisation')
    await desktop.getByRole('button', { name: 'Register the organisation' }).click()
    await desktop.getByText('In figures').waitFor()

    await desktop.goto(`${desk.services.portal}/people/new`)
    await desktop.getByLabel('Name').fill('Marie Martin')
    await desktop.getByLabel('E-mail').fill('marie.martin@laposte.example')
    await desktop.getByLabel('Registration manager').check()
    await choose(desktop, 'Organisation', 'J1CFRA')
    await choose(desktop, 'Language of the invitation page', 'French')
    await desktop.getByRole('button', { name: 'Make the one-time link' }).click()
    link = await desktop.getByLabel('One-time link', { exact: true }).inputValue()
    assert.match(link, /\/invitation#[\w-]{43}$/)
    await picture(desktop, 'one-time-link')

    for (const [kind, label] of [
      ['workstation', 'Workstation'],
      ['server', 'Server'],
    ] as const) {
      await desktop.goto(`${desk.services.portal}/kits/new`)
      await choose(desktop, 'Organisation', 'J1CFRA')
      await desktop.getByLabel('Name of the kit').fill(`${label}s 2026`)
      await desktop.getByRole('radio', { name: label }).check()
      const download = desktop.waitForEvent('download')
      await desktop.getByRole('button', { name: 'Build and download the kit' }).click()
      await (await download).saveAs(kits[kind])
      await desktop.getByText('is ready').first().waitFor()
      await picture(desktop, `kit-${kind}`)
    }
  })

  const machine = await makeMachine()
  const other = await makeMachine()
  t.after(() => machine.close())
  t.after(() => other.close())

  // From here on the manager watches the list, in French, signed in with their certificate.
  let office!: Page
  await t.test('the manager makes his certificate, imports it, and signs in with it', async () => {
    const first = await manager.open('fr-FR')
    const file = await acceptInvitation(await first.context.newPage(), link, manager, 'marie.p12', picture)
    await first.browser.close()
    await manager.importP12(file, PASSPHRASE)
    office = await (await manager.open('fr-FR')).context.newPage()
    await office.goto(desk.services.portal)
    await picture(office, 'sign-in')
    await office.getByRole('button', { name: 'Me connecter avec mon certificat' }).click()
    await office.getByRole('heading', { name: 'Demandes' }).waitFor()
    assert.equal(new URL(office.url()).origin, desk.services.portal)
    await office.getByText('Aucune demande').waitFor()
  })

  await t.test('a machine asks, and the manager sees it appear without reloading', async () => {
    const asked = await machine.scel(
      'enrol',
      '--kit',
      kits.workstation,
      '--yes',
      '--email',
      'ana@laposte.example',
      '--locality',
      'Paris',
      '--state',
      'Île-de-France',
      '--phone',
      '+33 1 23 45 67 89',
      '--description',
      'Sorting centre, hall 2',
      '--key',
      'ec-p256',
    )
    assert.equal(asked.code, 0, asked.err)
    assert.match(asked.out, /pending/)
    await office.getByText('ana@laposte.example').waitFor()
    await picture(office, 'demande-apparue')
  })

  let mine = 0
  await t.test(
    'a second request of the same machine replaces the first; one from another applicant does not',
    async () => {
      const again = await machine.scel(
        'enrol',
        '--kit',
        kits.workstation,
        '--yes',
        '--email',
        'ana@laposte.example',
        '--key',
        'ec-p256',
      )
      assert.equal(again.code, 0, again.err)
      const stranger = await other.scel(
        'enrol',
        '--kit',
        kits.workstation,
        '--yes',
        '--email',
        'bob@laposte.example',
        '--key',
        'ec-p256',
      )
      assert.equal(stranger.code, 0, stranger.err)
      const states = await requestStates(machine)
      assert.deepEqual(Object.values(states), ['cancelled', 'pending'])
      mine = Math.max(...Object.keys(states).map(Number))
      const theirs = await requestStates(other)
      assert.deepEqual(Object.values(theirs), ['pending'])
      await office.goto(`${desk.services.portal}/requests/${Object.keys(theirs)[0]}`)
      await office.getByText('D’autres demandes').first().waitFor()
      await picture(office, 'conflit')
    },
  )

  await t.test('the manager rejects the stranger with a reason, and approves his machine', async () => {
    await office.getByRole('button', { name: 'Rejeter' }).click()
    await office.getByRole('dialog').getByRole('textbox').fill('Ce poste est déjà demandé par Ana.')
    await picture(office, 'rejet')
    await office.getByRole('dialog').getByRole('button', { name: 'Rejeter' }).click()
    // The dialog has the same words until the desk has answered.
    await office.getByRole('dialog').waitFor({ state: 'detached' })
    await office.getByText('Ce poste est déjà demandé par Ana.').first().waitFor()

    await office.goto(`${desk.services.portal}/requests/${mine}`)
    await picture(office, 'demande')
    await office.getByRole('button', { name: 'Approuver', exact: true }).click()
    await office.getByRole('dialog').getByRole('button', { name: 'Approuver et émettre' }).click()
    await office.getByText('Certificat émis').first().waitFor()
    await picture(office, 'demande-approuvee')
  })

  await t.test('the machine fetches and installs its certificate, and a real mutual-TLS connection works', async () => {
    const got = await machine.scel('get')
    assert.equal(got.code, 0, got.out + got.err)
    assert.deepEqual(Object.values(await requestStates(machine)), ['cancelled', 'installed'])
    const tested = await machine.scel('test')
    assert.equal(tested.code, 0, tested.out + tested.err)
    await writeFile(join(output, 'scel-test.txt'), tested.out + tested.err)
    const refused = await other.scel('requests', '--json')
    assert.match(refused.out, /Ce poste est déjà demandé par Ana\./)
  })

  await t.test('a request for a server is the administrator’s: for the manager it does not exist', async () => {
    const asked = await machine.scel(
      'enrol',
      '--kit',
      kits.server,
      '--yes',
      '--email',
      'ana@laposte.example',
      '--cn',
      'api.laposte.example',
      '--locality',
      'Paris',
      '--phone',
      '+33 1 23 45 67 89',
      '--description',
      'Track and trace API, data centre 2',
      '--key',
      'ec-p256',
    )
    assert.equal(asked.code, 0, asked.err)
    const server = Math.max(...Object.keys(await requestStates(machine)).map(Number))
    await office.goto(`${desk.services.portal}/requests/${server}`)
    await office.getByText('n’existe pas').first().waitFor()
    await picture(office, 'demande-inexistante')
    const path = `/api/requests/${server}/approve?mark=${NO_MARK}`
    const status = await office.evaluate(async (path) => (await fetch(path, { method: 'POST' })).status, path)
    assert.equal(status, 404)

    await desktop.goto(`${desk.services.portal}/requests/${server}`)
    await desktop.getByRole('button', { name: 'Approve', exact: true }).waitFor()
    await picture(desktop, 'server-request')
    await desktop.getByRole('button', { name: 'Approve', exact: true }).click()
    await desktop.getByRole('dialog').getByRole('button', { name: 'Approve and issue' }).click()
    await desktop.getByText('Certificate issued').first().waitFor()
    const got = await machine.scel('get')
    assert.equal(got.code, 0, got.out + got.err)
  })

  const pem = await installedCertificate(machine.home)
  const whoami = `${desk.services.mutual}/api/whoami`
  const curl = (): ReturnType<typeof command> =>
    command('curl', [
      '--silent',
      '--show-error',
      '--cacert',
      root,
      '--cert',
      pem.certificate,
      '--key',
      pem.key,
      '-w',
      '\n%{http_code}',
      whoami,
    ])

  await t.test('curl reaches the protected API with the certificate', async () => {
    const answer = await curl()
    assert.match(answer.out, /\n200$/, answer.out + answer.err)
    assert.match(answer.out, /"organisation":\{"code":"J1CFRA"/)
  })

  await t.test('once revoked, the API, openssl and scel refuse it with one voice', async () => {
    await office.goto(`${desk.services.portal}/requests/${mine}`)
    await office.getByRole('link', { name: 'Ouvrir le certificat' }).click()
    await office.getByRole('heading', { name: /^ws-/ }).waitFor()
    await picture(office, 'certificat')
    await office.getByRole('button', { name: 'Révoquer' }).first().click()
    await choose(office, 'Motif', 'La clé privée')
    await picture(office, 'revocation')
    await office.getByRole('dialog').getByRole('button', { name: 'Révoquer définitivement' }).click()
    await office.getByText('Révoqué', { exact: true }).first().waitFor()
    await picture(office, 'certificat-revoque')

    const refused = await curl()
    assert.match(refused.out, /\n403$/)
    assert.match(refused.out, /certificate_is_revoked/)

    const { crl, issuer } = await revocationFiles(output, pem.certificate)
    const verified = await command('openssl', [
      'verify',
      '-crl_check',
      '-CRLfile',
      crl,
      '-CAfile',
      root,
      '-untrusted',
      issuer,
      pem.certificate,
    ])
    assert.match(verified.out + verified.err, /certificate revoked/)
    const chain = join(output, 'chain.pem')
    await writeFile(chain, (await readFile(issuer, 'utf8')) + desk.root)
    const responder = `${desk.services.public}/ocsp`
    const question = ['ocsp', '-issuer', issuer, '-cert', pem.certificate, '-url', responder, '-CAfile', chain]
    const asked = await command('openssl', question)
    assert.match(asked.out + asked.err, /Response verify OK/)
    assert.match(asked.out, /: revoked/)

    const tested = await machine.scel('test', `${mine}`)
    assert.notEqual(tested.code, 0)
    assert.match(tested.out + tested.err, /revoked/)
    await writeFile(join(output, 'scel-test-revoked.txt'), tested.out + tested.err)
    assert.equal((await requestStates(machine))[mine], 'revoked')
  })

  await t.test('the administrator sees it all: certificates, authorities, log', async () => {
    for (const place of [
      'requests',
      'certificates',
      'organisations',
      'people',
      'kits',
      'authorities',
      'audit',
      'deliveries',
      'sessions',
    ]) {
      await desktop.goto(`${desk.services.portal}/${place}`)
      await desktop.getByRole('heading', { level: 1 }).waitFor()
      await desktop.waitForLoadState('load')
      await desktop.waitForTimeout(300) // pictures only: what is checked is waited for by name
      await picture(desktop, place)
    }
  })
}
