import { Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import type { RequestDetail } from '@scel/contract/values'
import { certificateFiles, SERVER_PROGRAMS, serverLines } from '@scel/files/servers'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useMay } from '../../lib/desk/index.ts'
import { saveFile } from '../../lib/files/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { Copy, RefusalNote } from '../../lib/parts/index.ts'
import { Section } from '../../ui/index.ts'
import { download } from './api.ts'
import classes from './hand-over.module.css'

type Piece = 'fullChain' | 'certificate' | 'chain'
const PIECES: readonly Piece[] = ['fullChain', 'certificate', 'chain']

/** Of a request that came as a file, the certificate as files, and what the server's program wants to be told. */
export function HandOver({ request }: { request: RequestDetail }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const may = useMay('ask_by_file')
  const { number, state, origin, certificate, commonName } = request
  const files = certificateFiles(commonName)
  const fetching = useMutation({
    mutationFn: async (piece: Piece) => ({ piece, answer: await download(number) }),
    onSuccess: async ({ piece, answer }) => {
      // A peer has the root already, or does not trust us: it is not sent along (RFC 8446 §4.4.2).
      const above = answer.chain.slice(0, -1)
      const content = { certificate: [answer.certificate], chain: above, fullChain: [answer.certificate, ...above] }
      saveFile(files[piece], content[piece].join(''), 'application/x-pem-file')
      await queries.invalidateQueries({ queryKey: ['request'] })
    },
  })
  if (!may || !certificate || origin.kind !== 'file' || !READY.has(state)) return null
  const fullChain = `/etc/ssl/${files.fullChain}`
  const key = `/etc/ssl/private/${files.name}.key`
  const lines = serverLines({ fullChain, key, alias: 'ALIAS', keystore: 'KEYSTORE' })
  const also = { haproxy: text('handOver.haproxyText', { file: `${fullChain}.key` }), java: text('handOver.javaText') }
  return (
    <Section title={text('handOver.title')}>
      <Stack gap="md">
        <Text size="sm">{text('handOver.text')}</Text>
        <Group gap="xs">
          {PIECES.map((piece) => (
            <Tooltip key={piece} label={text(`handOver.${piece}Tooltip`)}>
              <Button
                variant={piece === 'fullChain' ? 'filled' : 'default'}
                leftSection={<IconDownload size={18} aria-hidden />}
                loading={fetching.isPending && fetching.variables === piece}
                onClick={() => fetching.mutate(piece)}
              >
                {text(`handOver.${piece}`)}
              </Button>
            </Tooltip>
          ))}
        </Group>
        <RefusalNote error={fetching.error} />
        <Text size="sm" c="dimmed" className={classes.paths}>
          {text('handOver.linesText', { key })}
        </Text>
        {SERVER_PROGRAMS.map((program) => (
          <div key={program}>
            <Title order={3} size="h5" mb={4}>
              {text(`handOver.${program}`)}
            </Title>
            <Copy value={lines[program].join('\n')} shown={<Lines lines={lines[program]} />} />
            {program in also ? (
              <Text size="xs" c="dimmed" mt={4} className={classes.paths}>
                {also[program as keyof typeof also]}
              </Text>
            ) : null}
          </div>
        ))}
      </Stack>
    </Section>
  )
}

const Lines = ({ lines }: { lines: readonly string[] }): ReactNode =>
  lines.map((line, at) => (
    <Fragment key={line}>
      {at === 0 ? null : <br />}
      {line}
    </Fragment>
  ))

const READY: ReadonlySet<RequestDetail['state']> = new Set(['approved', 'downloaded'])
