package com.example.alarm;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The guide's example of an application that follows the audit log.
 */
@SpringBootApplication
class AlarmApplication {

}
