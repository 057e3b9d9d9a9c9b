import type { Texts } from './fi';
import { access } from './en/access';
import { app } from './en/app';
import { components } from './en/components';
import { organisation } from './en/organisation';
import { problems } from './en/problems';
import { session } from './en/session';
import { ui } from './en/ui';

export const en: Texts = { access, app, components, organisation, problems, session, ui };
