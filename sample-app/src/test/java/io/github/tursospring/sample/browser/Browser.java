package io.github.tursospring.sample.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A headless Chromium that looks at the page, and remembers what it asked for.
 */
class Browser implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ChromeDriver driver;

	Browser() {
		ChromeOptions options = new ChromeOptions();
		executable("chromium", "chromium-browser", "google-chrome").ifPresent((binary) -> options.setBinary(binary));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage");
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService.Builder service = new ChromeDriverService.Builder();
		executable("chromedriver").ifPresent(service::usingDriverExecutable);
		this.driver = new ChromeDriver(service.build(), options);
		view(1440, 1000, "light");
	}

	static boolean isInstalled() {
		return executable("chromium", "chromium-browser", "google-chrome").isPresent()
				&& executable("chromedriver").isPresent();
	}

	private static Optional<File> executable(String... names) {
		return Stream.of(names)
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
				.map((directory) -> new File(directory, name)))
			.filter(File::canExecute)
			.findFirst();
	}

	void view(int width, int height, String colorScheme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
	}

	void open(String url) {
		this.driver.get(url);
	}

	void reload() {
		this.driver.navigate().refresh();
	}

	String url() {
		return this.driver.getCurrentUrl();
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> findAll(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	String text(String selector) {
		return (String) run("return document.querySelector(arguments[0]).textContent", selector);
	}

	@SuppressWarnings("unchecked")
	List<String> texts(String selector) {
		return (List<String>) run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)",
				selector);
	}

	Object run(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	void click(String selector) {
		find(selector).click();
	}

	/** Click at a point of an element, counted from its top left corner. */
	void clickAt(String selector, int x, int y) {
		WebElement element = find(selector);
		Dimension size = element.getSize();
		new Actions(this.driver).moveToElement(element, x - size.getWidth() / 2, y - size.getHeight() / 2)
			.click()
			.perform();
	}

	void await(String selector, String text) {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(text(selector)).isEqualTo(text));
	}

	/** Check by axe-core, and return what it complains of. */
	@SuppressWarnings("unchecked")
	List<String> accessibilityViolations() throws IOException {
		try (InputStream axe = getClass().getResourceAsStream("/axe.min.js")) {
			run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
		}
		return (List<String>) this.driver.executeAsyncScript("""
				const done = arguments[0];
				axe.run().then((found) => done(found.violations.flatMap((violation) =>
						violation.nodes.map((node) => violation.id + ": " + node.html + " " + node.failureSummary))));
				""");
	}

	/**
	 * Return the errors in the console since the last call; violations of the policy are
	 * among them.
	 */
	List<String> consoleErrors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/** Return the addresses that were asked for since the last call. */
	List<String> requests() {
		JsonMapper json = JsonMapper.shared();
		return this.driver.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.map((entry) -> json.readTree(entry.getMessage()).get("message"))
			.filter((message) -> message.at("/method").stringValue("").equals("Network.requestWillBeSent"))
			.map((JsonNode message) -> message.at("/params/request/url").stringValue(""))
			.toList();
	}

	void screenshot(Path file) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
