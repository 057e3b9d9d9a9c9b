import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

export interface ButtonLook {
  /** Primary is the one main action of a place; quiet has no border; danger cannot be undone. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** The 32 px form for rows and bars. */
  small?: boolean;
}

const variants = { primary: '', secondary: 'sec', quiet: 'quiet', danger: 'danger' };

function buttonClass({ variant = 'primary', small }: ButtonLook, className?: string): string {
  return ['btn', variants[variant], small && 'sm', className].filter(Boolean).join(' ');
}

/**
 * A button of our own markup: the design system's button would bring its style engine to every
 * public page, which else has no use for it.
 */
export function Button({
  variant,
  small,
  className,
  ...props
}: ComponentProps<'button'> & ButtonLook) {
  return <button type="button" {...props} className={buttonClass({ variant, small }, className)} />;
}

/** A link to another site or a file that looks like a button. */
export function AnchorButton({
  variant,
  small,
  className,
  children,
  ...props
}: ComponentProps<'a'> & ButtonLook) {
  return (
    <a {...props} className={buttonClass({ variant, small }, className)}>
      {children}
    </a>
  );
}

/** A link within the site that looks like a button; takes the router's `to`, `params`, `search`. */
export const LinkButton = createLink(AnchorButton);
