package com.conitrack.backup.spring.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How the page looks: on a phone, on a desk, in the dark and on paper. */
final class StyleSheet {
  static final String CSS =
      """
      :root{color-scheme:light dark;--bg:#fff;--panel:#f5f6f7;--ink:#1c2024;--soft:#545b63;--line:#d5d9dd;\
      --link:#0b57a4;--good:#14683a;--warn:#7a4b00;--bad:#a3161f}
      @media(prefers-color-scheme:dark){:root{--bg:#14171a;--panel:#1d2125;--ink:#e7eaed;--soft:#a9b1b9;\
      --line:#363c43;--link:#83bdf5;--good:#71cf98;--warn:#efb85c;--bad:#ff9189}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 system-ui,"Segoe UI",Roboto,"Liberation Sans",\
      "DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
      a{color:var(--link)}
      :focus-visible{outline:3px solid var(--link);outline-offset:2px}
      .skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem}
      .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
      header,main,footer{max-width:74rem;margin:0 auto;padding:0 1.25rem}
      header{padding-top:1.25rem}
      .top{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between}
      h1{font-size:1.35rem;margin:0}
      h2{font-size:1.1rem;margin:2.25rem 0 .6rem;padding-top:.75rem;border-top:1px solid var(--line)}
      .meta,.note{color:var(--soft);font-size:.88rem;margin:.15rem 0}
      nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:.6rem 0 0}
      nav a{display:inline-block;padding:.25rem 0}
      .health{display:flex;gap:.6rem;align-items:center;font-size:1.2rem;font-weight:600;margin:1.1rem 0 .6rem}
      .ok,.done,.proved,.PASSED,.ACCEPTED{color:var(--good)}
      .warning,.late,.present{color:var(--warn)}
      .failing,.missed,.failed,.missing,.FAILED,.REJECTED,.REFUSED,.DEGRADED{color:var(--bad)}
      .due,.removed{color:var(--soft)}
      .reasons{margin:0 0 1rem;padding:0;list-style:none}
      .reasons li{border-left:4px solid;padding:.1rem 0 .1rem .8rem;margin:.6rem 0}
      .reasons span{color:var(--ink)}
      .reasons b{margin-right:.4rem}
      dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.9rem 1.5rem;margin:0}
      dl div{border-top:2px solid var(--line);padding:.4rem 0 0}
      dt{color:var(--soft);font-size:.85rem}
      dd{margin:.1rem 0 0;overflow-wrap:anywhere}
      dd small{display:block;color:var(--soft);font-size:.85rem}
      .months{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1.25rem 2rem;align-items:start;margin-top:.9rem}
      .months table{table-layout:fixed}
      .months caption{text-align:left;font-weight:600;padding-bottom:.2rem}
      .months th,.months td{text-align:center;padding:.2rem 0;border:0;height:2.5rem;line-height:1.15;vertical-align:top}
      .months th{height:auto;color:var(--soft);font-weight:400}
      .months td i{display:block;font-style:normal;font-weight:700}
      .months .day{font-size:.8rem;color:var(--soft)}
      .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:.75rem 0 0;font-size:.9rem}
      .legend b{margin-right:.3rem}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;padding:.42rem .9rem .42rem 0;border-bottom:1px solid var(--line);vertical-align:top;\
      overflow-wrap:anywhere}
      thead th{font-size:.85rem;color:var(--soft);font-weight:600;white-space:nowrap}
      tbody th{font-weight:600}
      td.num,th.num{text-align:right;white-space:nowrap}
      td.when{white-space:nowrap}
      td small,th small{display:block;color:var(--soft);font-weight:400;font-size:.85rem}
      td ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 .9rem}
      .facts{font-size:.85rem;color:var(--soft)}
      .facts b{font-weight:600}
      form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.5rem 0 1rem}
      form label{flex:1 1 16rem;font-size:.88rem;color:var(--soft)}
      input,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--soft);border-radius:4px;\
      padding:.5rem .65rem;min-height:2.75rem}
      input{display:block;width:100%;max-width:32rem;margin-top:.2rem}
      button{background:var(--panel);cursor:pointer;font-weight:600}
      .pager{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:center;margin:.8rem 0}
      .pager a{padding:.5rem 0}
      footer{padding-top:2rem;padding-bottom:2rem}
      @media(max-width:44rem){
      header,main,footer{padding-left:1rem;padding-right:1rem}
      nav a{padding:.55rem 0}
      .list thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      .list,.list tbody,.list tr,.list td,.list th{display:block;width:100%}
      .list tr{border-bottom:1px solid var(--line);padding:.6rem 0}
      .list td,.list tbody th{border:0;padding:.12rem 0}
      .list td[data-label]{display:grid;grid-template-columns:6.2rem 1fr;gap:.6rem;text-align:left;white-space:normal}
      .list td[data-label]::before{content:attr(data-label);color:var(--soft);font-size:.85rem}
      .list td:empty{display:none}
      }
      @media print{
      :root{color-scheme:light;--bg:#fff;--ink:#000;--soft:#333;--line:#999;--good:#000;--warn:#000;--bad:#000;--link:#000}
      nav,form,.pager,.skip{display:none}
      body{font-size:10pt}h2{break-after:avoid}tr,li,.months table{break-inside:avoid}
      }
      """;

  /** Allows this style sheet, forms to ourselves, and nothing else. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(CSS)
          + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private StyleSheet() {}

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
