package com.conitrack.backup.spring;

import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The application's listeners. One that keeps what it hears in the database itself, by a
 * repository, needs beans that wait for Flyway, and Flyway waits for the backup: such a one is told
 * from when it is there.
 */
final class ListenerBeans {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerBeans.class);

  private ListenerBeans() {}

  static List<BackupListener> in(ConfigurableListableBeanFactory beans) {
    try {
      return beans.getBeanProvider(BackupListener.class).orderedStream().toList();
    } catch (BeanCreationException e) {
      if (!e.contains(BeanCurrentlyInCreationException.class)) {
        throw e;
      }
      LOG.debug("a listener needs beans that wait for the backups", e);
      return oneByOne(beans);
    }
  }

  private static List<BackupListener> oneByOne(ConfigurableListableBeanFactory beans) {
    List<BackupListener> listeners = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(BackupListener.class)) {
      try {
        listeners.add(beans.getBean(name, BackupListener.class));
      } catch (BeanCreationException e) {
        if (!e.contains(BeanCurrentlyInCreationException.class) || !beans.isSingleton(name)) {
          throw e;
        }
        LOG.info("listener '{}' is told of backups once the beans that it needs are there", name);
        listeners.add(new Late(beans, name));
      }
    }
    return listeners;
  }

  /** Never makes the bean: events come on any thread, beans are made on the one that starts. */
  private record Late(ConfigurableListableBeanFactory beans, String name)
      implements BackupListener {
    @Override
    public void on(BackupEvent event) {
      if (beans.containsSingleton(name)
          && beans.getSingleton(name) instanceof BackupListener listener) {
        listener.on(event);
      }
    }
  }
}
