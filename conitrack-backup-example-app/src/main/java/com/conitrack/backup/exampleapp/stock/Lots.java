package com.conitrack.backup.exampleapp.stock;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface Lots extends JpaRepository<Lot, Long> {
  List<Lot> findAllByOrderByCode();

  Lot findByCode(String code);
}
