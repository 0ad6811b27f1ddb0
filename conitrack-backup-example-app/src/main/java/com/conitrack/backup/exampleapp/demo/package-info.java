/** Shows the gate before migrations, and the way back, on the stock system. */
package com.conitrack.backup.exampleapp.demo;
