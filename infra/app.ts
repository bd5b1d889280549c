import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AlertsStack } from './alerts.ts';
import { BillingStack } from './billing.ts';
import { CallbacksStack } from './callbacks.ts';
import { ComplaintsStack } from './complaints.ts';
import { InboxStack } from './inbox.ts';
import { IntakeStack } from './intake.ts';
import { LettersStack } from './letters.ts';
import { OpenDataStack } from './open-data.ts';
import { PaymentsStack } from './payments.ts';
import { Platform } from './platform.ts';
import { PortalStack } from './portal.ts';
import { RegistryStack } from './registry.ts';
import { ReportingStack } from './reporting.ts';
import { ReportsStack } from './reports.ts';
import { RunsStack } from './runs.ts';

/** The system, composed: nothing is decided here. */
const app = new App({ analyticsReporting: false });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const platform = new Platform(app);
const { registry } = new RegistryStack(app, platform);
const { contacts } = new IntakeStack(app, platform, registry);
const { complaints } = new ComplaintsStack(app, platform, registry);
const { callbacks } = new CallbacksStack(app, platform, registry);
const billing = new BillingStack(app, platform, registry);
new LettersStack(app, platform, registry, billing);
new RunsStack(app, platform, registry, billing);
new PaymentsStack(app, platform, registry, billing);
new InboxStack(app, platform, registry);
new PortalStack(app, platform);
new OpenDataStack(app, platform);
const journals = { contacts, complaints, callbacks, billing: billing.billing };
const reporting = new ReportingStack(app, platform, registry, journals);
const { alerts } = new AlertsStack(app, platform, registry, { reporting: reporting.reporting, journals });
new ReportsStack(app, platform, registry, { reporting: reporting.reporting, months: reporting.months, alerts });
