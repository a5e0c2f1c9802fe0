package io.github.tursospring.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * The machine that this runs on.
 */
public final class Machine {

	private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

	private Machine() {
	}

	/**
	 * Describe the machine.
	 * @return processor, cores, memory, system and JVM
	 */
	public static String describe() {
		long bytes = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
		return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
				+ Math.round((double) bytes / (1L << 30)) + " GB, " + System.getProperty("os.name") + ", "
				+ System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
	}

	private static String processor() {
		if (Files.isReadable(CPU_INFO)) {
			try (Stream<String> lines = Files.lines(CPU_INFO)) {
				return lines.filter((line) -> line.startsWith("model name"))
					.findFirst()
					.map((line) -> line.substring(line.indexOf(':') + 1).trim())
					.orElseGet(() -> System.getProperty("os.arch"));
			}
			catch (IOException ex) {
				return System.getProperty("os.arch");
			}
		}
		return System.getProperty("os.arch");
	}

}
