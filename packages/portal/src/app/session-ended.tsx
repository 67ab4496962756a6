import { Button, Modal, Stack, Text, Tooltip } from '@mantine/core'
import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { deskQuery, meQuery, needsSignIn, useMe } from '../lib/desk/index.ts'
import { useText } from '../lib/languages/index.ts'

/** Over the page when the session ended meanwhile: what was typed below stays as it is. */
export function SessionEnded(): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const { person } = useMe()
  const [ended, setEnded] = useState(false)
  const [still, setStill] = useState(false)
  const asking = useIsFetching({ queryKey: meQuery.queryKey }) > 0
  const mutual = queries.getQueryData(deskQuery.queryKey)?.services.mutual

  useEffect(() => {
    void queries.prefetchQuery(deskQuery)
    const notice = (error: unknown) => {
      if (needsSignIn(error)) setEnded(true)
    }
    const stops = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error)
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [queries])

  const goOn = async () => {
    try {
      const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      // Somebody else signed in: nothing of the page before may stay.
      if (me.person.id !== person.id) return location.assign('/')
      setEnded(false)
      setStill(false)
      await queries.invalidateQueries()
    } catch {
      setStill(true)
    }
  }

  return (
    <Modal
      opened={ended}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={text('ended.title')}
    >
      <Stack gap="md">
        <Text size="sm">{text('ended.text')}</Text>
        <form method="post" action={mutual ? `${mutual}/sign-in` : '/sign-in'} target="_blank" rel="noopener">
          <Tooltip label={text('ended.signInTooltip')}>
            <Button type="submit" fullWidth disabled={!mutual}>
              {text('ended.signIn')}
            </Button>
          </Tooltip>
        </form>
        <Tooltip label={text('ended.continueTooltip')}>
          <Button variant="default" onClick={() => void goOn()} loading={asking}>
            {text('ended.continue')}
          </Button>
        </Tooltip>
        <Text size="sm" c="red" role="status">
          {still ? text('ended.stillOut') : ''}
        </Text>
      </Stack>
    </Modal>
  )
}
