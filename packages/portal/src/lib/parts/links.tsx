import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef, ReactNode } from 'react'

type Native<Props> = Omit<ComponentPropsWithRef<'a'>, keyof Props> & Props

/** Links to pages of the portal: the router checks that the page exists. */
export const PageLink = createLink((props: Native<AnchorProps>): ReactNode => <Anchor {...props} />)

export const ButtonLink = createLink((props: Native<ButtonProps>): ReactNode => <Button component="a" {...props} />)
