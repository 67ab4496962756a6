import { Button, Group, Paper, Text, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { RequestDetail, RequestState } from '@scel/contract/values'
import { REQUEST_STATES } from '@scel/contract/values'
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { isRefusal } from '../../lib/desk/index.ts'
import { useDates, useText } from '../../lib/languages/index.ts'
import { Confirm } from '../../lib/parts/index.ts'
import { Facts, Note } from '../../ui/index.ts'
import { approve, reject, requestQuery, withdraw } from './api.ts'
import { useChoiceFacts } from './choices.tsx'
import classes from './decision.module.css'
import { isUnsigned } from './model.ts'
import { RejectReason } from './reject-reason.tsx'

type Deciding = 'approve' | 'reject' | 'withdraw'

/** Approve or reject, or take one's own back, or why the caller may not; and who decided, when someone else was faster. */
export function Decision({ request }: { request: RequestDetail }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const [question, ask] = useState<Deciding>()
  const [reason, setReason] = useState('')
  const [missing, { open: setMissing, close: setGiven }] = useDisclosure(false)
  const { number, organisation, may, mark, choices } = request
  const chosen = useChoiceFacts()(choices)

  const deciding = useMutation({
    mutationFn: (what: Deciding) =>
      what === 'approve' ? approve(number, mark) : what === 'reject' ? reject(number, reason.trim()) : withdraw(number),
    onSuccess: async (decided, what) => {
      ask(undefined)
      queries.setQueryData(requestQuery(number).queryKey, decided)
      notifications.show({
        message: text(
          what !== 'approve'
            ? `request.${what === 'reject' ? 'rejected' : 'withdrawn'}`
            : isUnsigned(decided)
              ? 'request.approvedUnsigned'
              : decided.origin.kind === 'file'
                ? 'request.approvedFile'
                : 'request.approved',
        ),
        color: 'petrol',
      })
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'desk' })
    },
    onError: async (error) => {
      if (!hasMovedOn(error)) return
      ask(undefined)
      await queries.invalidateQueries({ queryKey: ['request'] })
    },
  })
  const close = () => {
    ask(undefined)
    if (!hasMovedOn(deciding.error)) deciding.reset()
  }

  return (
    <>
      <MovedOn error={deciding.error} />
      {request.state === 'pending' && (may.approve || may.reject) ? (
        <Paper p="lg" className={classes.bar}>
          <div className={classes.words}>
            <Title order={2}>{text('request.awaits')}</Title>
            <Text size="sm" c="dimmed" mt={2}>
              {text('request.awaitsText')}
            </Text>
          </div>
          <Group gap="xs">
            {may.reject ? (
              <Tooltip label={text('request.rejectTooltip')}>
                <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={() => ask('reject')}>
                  {text('request.reject')}
                </Button>
              </Tooltip>
            ) : null}
            {may.approve ? (
              <Tooltip label={text('request.approveTooltip')}>
                <Button leftSection={<IconCheck size={18} aria-hidden />} onClick={() => ask('approve')}>
                  {text('request.approve')}
                </Button>
              </Tooltip>
            ) : null}
          </Group>
        </Paper>
      ) : null}
      {may.withdraw ? (
        <Paper p="lg" className={classes.bar}>
          <div className={classes.words}>
            <Title order={2}>{text('request.own')}</Title>
            <Text size="sm" c="dimmed" mt={2}>
              {text('request.ownText')}
            </Text>
          </div>
          <Tooltip label={text('request.withdrawTooltip')}>
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={18} aria-hidden />}
              onClick={() => ask('withdraw')}
            >
              {text('request.withdraw')}
            </Button>
          </Tooltip>
        </Paper>
      ) : null}
      {may.why && request.state === 'pending' && !may.withdraw ? (
        <Note tone="locked" title={text(may.reject ? 'request.mayNotApprove' : 'request.mayNot')}>
          {may.why}
        </Note>
      ) : null}
      <Confirm
        needs="decide_requests"
        opened={question === 'approve'}
        title={text('request.approveTitle', { number })}
        text={
          organisation
            ? text('request.approveText', {
                name: request.hostName || request.commonName,
                organisation: organisation.name,
              })
            : text('request.approveTextOfNobody', { name: request.hostName || request.commonName })
        }
        confirm={text('request.approveConfirm')}
        tooltip={text('request.approveTooltip')}
        busy={deciding.isPending}
        error={deciding.error}
        onConfirm={() => deciding.mutate('approve')}
        onClose={close}
      >
        {chosen.length > 0 ? <Facts facts={chosen} /> : null}
      </Confirm>
      <Confirm
        needs="withdraw_requests"
        opened={question === 'withdraw'}
        title={text('request.withdrawTitle', { number })}
        text={text('request.withdrawText')}
        confirm={text('request.withdrawConfirm')}
        tooltip={text('request.withdrawTooltip')}
        danger
        busy={deciding.isPending}
        error={deciding.error}
        onConfirm={() => deciding.mutate('withdraw')}
        onClose={close}
      />
      <Confirm
        needs="decide_requests"
        opened={question === 'reject'}
        title={text('request.rejectTitle', { number })}
        text={text('request.rejectReasonHelp')}
        confirm={text('request.rejectConfirm')}
        tooltip={text('request.rejectTooltip')}
        danger
        busy={deciding.isPending}
        error={deciding.error}
        onConfirm={() => {
          if (!reason.trim()) return setMissing()
          setGiven()
          deciding.mutate('reject')
        }}
        onClose={close}
      >
        <RejectReason value={reason} onChange={setReason} missing={missing && !reason.trim()} />
      </Confirm>
    </>
  )
}

/** The request is not what it was when it was looked at: the page shows it anew, and says so. */
const hasMovedOn = (error: unknown): boolean => isRefusal(error) && MOVED_ON.has(error.code)
const SEEN_ANEW: readonly string[] = ['names_certified_since', 'request_changed_since']
const MOVED_ON: ReadonlySet<string> = new Set(['request_decided_already', ...SEEN_ANEW])

function MovedOn({ error }: { error: unknown }): ReactNode {
  const text = useText()
  const dates = useDates()
  if (!isRefusal(error) || !hasMovedOn(error)) return null
  if (SEEN_ANEW.includes(error.code)) {
    return (
      <Note tone="notice" role="alert" title={error.message}>
        {error.problem?.hint}
      </Note>
    )
  }
  const { by, at, state } = error.problem?.facts ?? {}
  const known = REQUEST_STATES.find((name): name is RequestState => name === state)
  return (
    <Note tone="info" role="alert" title={text('request.decided')}>
      {by && at && known
        ? text('request.decidedText', {
            by,
            at: dates.moment(String(at)),
            state: text(`requests.state.${known}`).toLocaleLowerCase(),
          })
        : error.problem?.detail}
    </Note>
  )
}
