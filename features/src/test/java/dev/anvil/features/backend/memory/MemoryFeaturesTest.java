package dev.anvil.features.backend.memory;

import static io.cucumber.junit.platform.engine.Constants.FILTER_TAGS_PROPERTY_NAME;
import static io.cucumber.junit.platform.engine.Constants.GLUE_PROPERTY_NAME;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Every feature on the memory engine. */
@Suite(failIfNoTests = false)
@IncludeEngines("cucumber")
@SelectPackages("dev.anvil.features")
@ConfigurationParameter(
    key = GLUE_PROPERTY_NAME,
    value = "dev.anvil.features.steps,dev.anvil.features.backend.memory")
@ConfigurationParameter(key = FILTER_TAGS_PROPERTY_NAME, value = "not @process")
class MemoryFeaturesTest {}
