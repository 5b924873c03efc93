/// A result as a page that stands alone: one HTML file with its style, its plots as SVG and a few lines of script for pointing at
/// them; nothing is fetched. Read [ReportPage] first, then [Plot].
///
/// A page stays below 1 MB: curves have at most [Plot#POINTS_MAX] points, tables a stated number of rows.
@NullMarked
package org.privatus.simulation.results.report;

import org.jspecify.annotations.NullMarked;
