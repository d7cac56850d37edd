<?xml version="1.0" encoding="UTF-8"?>
<!-- What a document with its inclusions is as one document: each gm:part but the root gives
     way to its children. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:gm="urn:guildmark:workflow:1">
  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="*/gm:part">
    <xsl:apply-templates select="node()"/>
  </xsl:template>
</xsl:stylesheet>
