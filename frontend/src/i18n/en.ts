import type { Texts } from './fi';
import { access } from './en/access';
import { app } from './en/app';
import { chains } from './en/chains';
import { components } from './en/components';
import { content } from './en/content';
import { goals } from './en/goals';
import { log } from './en/log';
import { organisation } from './en/organisation';
import { plan } from './en/plan';
import { problems } from './en/problems';
import { session } from './en/session';
import { ui } from './en/ui';

export const en: Texts = {
  access,
  app,
  chains,
  components,
  content,
  goals,
  log,
  organisation,
  plan,
  problems,
  session,
  ui,
};
