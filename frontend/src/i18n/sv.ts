import type { Texts } from './fi';
import { access } from './sv/access';
import { app } from './sv/app';
import { components } from './sv/components';
import { organisation } from './sv/organisation';
import { problems } from './sv/problems';
import { session } from './sv/session';
import { ui } from './sv/ui';

export const sv: Texts = { access, app, components, organisation, problems, session, ui };
