package com.conitrack.backup.exampleapp.stock;

import org.springframework.data.jpa.repository.JpaRepository;

interface Movements extends JpaRepository<Movement, Long> {}
