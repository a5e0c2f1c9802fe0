package com.example.report;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The guide's example of an application that reads the audit log.
 */
@SpringBootApplication
class ReportApplication {

}
