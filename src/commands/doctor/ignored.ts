/** The findings that config.toml says to ignore: asked for here by all that makes a report. */
import type { Context } from "../../context.js";
import { CHECKS } from "../../doctor/catalogue.js";
import { type IgnoreReasons, verifyIgnored } from "../../doctor/report/report.js";
import { escapePath } from "../../go/escape.js";

/** Throws `BAD_CONFIG` for an id that no check has. */
export function requireIgnored({ config, layout }: Pick<Context, "config" | "layout">): IgnoreReasons {
  verifyIgnored(config.doctorIgnore, CHECKS, escapePath(layout.config));
  return config.doctorIgnore;
}
