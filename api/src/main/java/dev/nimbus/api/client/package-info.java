/**
 * The one typed client of every Nimbus service. Built on {@link java.net.HttpURLConnection}, which
 * starts several times faster than {@link java.net.http.HttpClient}: a command line tool pays for
 * its client at every call.
 */
@NullMarked
package dev.nimbus.api.client;

import org.jspecify.annotations.NullMarked;
