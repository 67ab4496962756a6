import { Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './empty.module.css'

/** Nothing here, and what to do next. */
export function Empty(props: { icon: ReactNode; title: string; text?: string; children?: ReactNode }): ReactNode {
  return (
    <Paper px="lg" py={48}>
      <Stack align="center" gap="xs" maw="30rem" mx="auto" ta="center">
        <span className={classes.icon} aria-hidden="true">
          {props.icon}
        </span>
        <Title order={2}>{props.title}</Title>
        {props.text ? (
          <Text c="dimmed" size="sm">
            {props.text}
          </Text>
        ) : null}
        {props.children}
      </Stack>
    </Paper>
  )
}
